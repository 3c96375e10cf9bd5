// The loop is only ever left with the span ended.
#include <ctel/ctel.h>
#include <errno.h>
#include <unistd.h>

extern ctel_tracer *tracer;

int write_with_retry(int fd, const char *line, unsigned long size)
{
	ctel_span *span = ctel_span_start(tracer, "write with retry", NULL);

	for (int attempt = 1;; attempt++) {
		if (write(fd, line, size) == (long)size) {
			ctel_set(span, "app.attempts", attempt);
			ctel_span_end(span);
			return 0;
		}
		if (attempt == 5 || errno != EAGAIN) {
			ctel_span_error(span, "write_failed", NULL);
			ctel_span_end(span);
			return -errno;
		}
		sleep(1);
	}
}

void drain(int fd, int left)
{
	ctel_span *span = ctel_span_start(tracer, "drain", NULL);
	char byte;

	do {
		read(fd, &byte, 1);
		if (--left <= 0)
			ctel_span_end(span);
	} while (left > 0);
}

int wait_for(int fd)
{
	ctel_span *span = ctel_span_start(tracer, "wait for byte", NULL);
	bool done = false;
	char byte;

	while (!done) {
		if (read(fd, &byte, 1) == 1) {
			ctel_span_end(span);
			done = true;
		}
	}
	return byte;
}
