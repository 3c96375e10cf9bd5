/* Each function records on its span what it tells its caller. */
#include "errors.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int by_negative(const char *path, char *text, int size)
{
	CTEL_SPAN(span, tracer, "read text");
	FILE *file = fopen(path, "r");

	if (!file) {
		ctel_span_error(span, "open", path);
		return -errno;
	}
	char *line = fgets(text, size, file);
	fclose(file);
	if (!line) {
		ctel_span_error(span, "empty", path);
		return -ENODATA;
	}
	return 0;
}

char *by_null(const char *path)
{
	CTEL_SPAN(span, tracer, "load");
	FILE *file = fopen(path, "r");
	char *text;

	if (!file) {
		ctel_span_error(span, "open", path);
		return NULL;
	}
	text = malloc(4096);
	if (!text) {
		ctel_span_error(span, "no_memory", NULL);
		fclose(file);
		return NULL;
	}
	size_t n = fread(text, 1, 4095, file);
	text[n] = '\0';
	fclose(file);
	ctel_set(span, "app.text.bytes", n);
	return text;
}

bool by_bool(const char *path, const char *text)
{
	ctel_span *span = ctel_span_enter(tracer, "append");
	FILE *file = fopen(path, "a");

	if (!file) {
		ctel_span_error(span, "open", path);
		ctel_span_end(span);
		return false;
	}
	bool is_written = fputs(text, file) >= 0;
	if (fclose(file))
		is_written = false;
	if (!is_written)
		ctel_span_error(span, "write", path);
	ctel_span_end(span);
	return is_written;
}

int by_errno(const char *path)
{
	ctel_span *span = ctel_span_start(tracer, "remove", NULL);
	int rc = unlink(path);

	if (rc < 0) {
		int saved = errno;
		ctel_span_error(span, "unlink", strerror(saved));
		ctel_span_end(span);
		errno = saved;
		return -1;
	}
	ctel_span_end(span);
	return 0;
}

enum result by_enum(const char *path, long limit)
{
	CTEL_SPAN(span, tracer, "check size");
	struct stat st;
	enum result result = RESULT_OK;

	if (stat(path, &st) < 0)
		result = errno == ENOENT ? RESULT_NO_FILE : RESULT_BROKEN;
	else if ((long)st.st_size > limit)
		result = RESULT_TOO_LARGE;
	if (result != RESULT_OK)
		ctel_span_error(span, result_name(result), path);
	return result;
}
