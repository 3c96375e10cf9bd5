/* Mail, fetched and stored. Every way out goes through finish(). */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "finish.h"

int mail_fetch(int peer, const char *folder)
{
	ctel_span *span = ctel_span_start(tracer, "fetch mail", NULL);
	char line[256];

	if (send(peer, folder, strlen(folder), 0) < 0)
		return finish(span, -errno);
	long n = recv(peer, line, sizeof(line) - 1, 0);
	if (n <= 0)
		return finish(span, -EPIPE);
	line[n] = '\0';
	ctel_set(span, "app.mail.bytes", n);
	if (strncmp(line, "ok", 2))
		return finish(span, -EPROTO);
	return finish(span, 0);
}

int mail_store(const char *path, const char *text)
{
	ctel_span *span = ctel_span_start(tracer, "store mail", NULL);
	FILE *file = fopen(path, "a");

	if (!file)
		return finish(span, -errno);
	int rc = fputs(text, file) < 0 ? -EIO : 0;
	note_size(span, path, ftell(file));
	if (fclose(file))
		rc = -EIO;
	return finish(span, rc);
}

long mail_count(const char *path)
{
	ctel_span *span = ctel_span_enter(tracer, "count mail");
	FILE *file = fopen(path, "r");
	long count = 0;
	int c;

	if (!file) {
		finish(span, -ENOENT);
		return -ENOENT;
	}
	while ((c = fgetc(file)) != EOF)
		count += c == '\n';
	note_size(span, path, count);
	fclose(file);
	finish(span, 0);
	return count;
}
