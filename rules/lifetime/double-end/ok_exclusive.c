// Each path ends the span once, and the analysis can see that they exclude each other.
#include <ctel/ctel.h>
#include <unistd.h>

extern ctel_tracer *tracer;

int flush(int fd, int is_urgent)
{
	ctel_span *span = ctel_span_start(tracer, "flush", NULL);
	int rc = fsync(fd);

	if (rc < 0) {
		ctel_span_error(span, "fsync_failed", NULL);
		ctel_span_end(span);
		return rc;
	}
	if (is_urgent)
		ctel_span_end(span);
	write(fd, "x", 1);
	if (!is_urgent)
		ctel_span_end(span);
	return 0;
}

/* A variable that is NULL again after the end. */
int flush_early(int fd, int is_urgent)
{
	CTEL_SPAN(span, tracer, "flush early");
	int rc = fsync(fd);

	if (is_urgent)
		ctel_span_cleanup(&span);
	return rc + (int)write(fd, "x", 1);
}

/* The next round starts a span of its own. */
void flush_all(const int *fds, int n)
{
	for (int i = 0; i < n; i++) {
		ctel_span *span = ctel_span_start(tracer, "flush one", NULL);
		fsync(fds[i]);
		ctel_span_end(span);
	}
}
