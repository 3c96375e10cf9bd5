// The new span leaves through a parameter; only a success leaves one behind.
#include <ctel/ctel.h>
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

extern ctel_tracer *tracer;

int upload_open(const char *path, int *fd, ctel_span **out)
{
	ctel_span *span = ctel_span_start(tracer, "upload", &(ctel_start){.kind = CTEL_CLIENT});

	*fd = open(path, O_RDONLY);
	if (*fd < 0) {
		ctel_span_error(span, "open_failed", path);
		ctel_span_end(span);
		return -errno;
	}
	*out = span;
	return 0;
}

void upload_close(int fd, ctel_span *span)
{
	close(fd);
	ctel_span_end(span);
}

int upload(const char *path, char *buffer, unsigned size)
{
	ctel_span *span;
	int fd;
	int rc = upload_open(path, &fd, &span);

	if (rc < 0)
		return rc;
	rc = (int)read(fd, buffer, size);
	upload_close(fd, span);
	return rc;
}
