/* Copies a file; one label below the other undoes what was done. */
#include <ctel/ctel.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

extern ctel_tracer *tracer;

#define CHUNK 65536

static int pump(int in, int out, char *buffer, long *total)
{
	long n;

	while ((n = read(in, buffer, CHUNK)) > 0) {
		if (write(out, buffer, (size_t)n) != n)
			return -EIO;
		*total += n;
	}
	return n < 0 ? -errno : 0;
}

int copy_file(const char *from, const char *to, unsigned mode)
{
	ctel_span *span = ctel_span_start(tracer, "copy file", NULL);
	int rc = -ENOMEM, in, out;
	long total = 0;
	char *buffer = malloc(CHUNK);

	if (!buffer)
		goto done;
	in = open(from, O_RDONLY);
	if (in < 0) {
		rc = -errno;
		goto free_buffer;
	}
	out = open(to, O_WRONLY | O_CREAT, mode);
	if (out < 0) {
		rc = -errno;
		goto close_in;
	}
	rc = pump(in, out, buffer, &total);
	ctel_set(span, "app.copy.bytes", total);
	close(out);
close_in:
	close(in);
free_buffer:
	free(buffer);
done:
	if (rc < 0)
		ctel_span_error(span, "copy_failed", from);
	ctel_span_end(span);
	return rc;
}

long directory_size(const char *const *paths, int nr)
{
	ctel_span *span = ctel_span_enter(tracer, "measure directory");
	struct stat st;
	long bytes = 0;

	for (int i = 0; i < nr; i++) {
		if (stat(paths[i], &st) < 0) {
			bytes = -errno;
			goto failed;
		}
		bytes += (long)st.st_size;
	}
	ctel_set(span, "app.directory.files", nr);
	ctel_span_end(span);
	return bytes;
failed:
	ctel_span_error(span, "stat_failed", NULL);
	ctel_span_end(span);
	return bytes;
}

int replace_file(const char *path, const char *text, size_t size)
{
	ctel_span *span = ctel_span_start(tracer, "replace file", NULL);
	int fd = open(path, O_WRONLY | O_TRUNC);

	if (fd < 0) {
		ctel_span_error(span, "open_failed", path);
		ctel_span_end(span);
		return -1;
	}
	long written = write(fd, text, size);
	ctel_set(span, "app.file.bytes", written);
	if (written < 0) {
		ctel_span_error(span, "write_failed", path);
		ctel_span_end(span);
		close(fd);
		return -1;
	}
	if (fsync(fd) < 0) {
		ctel_span_error(span, "sync_failed", path);
		ctel_span_end(span);
		close(fd);
		return -1;
	}
	close(fd);
	ctel_span_end(span);
	return 0;
}
