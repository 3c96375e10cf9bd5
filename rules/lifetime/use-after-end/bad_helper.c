// finish() frees the span; the error comes too late, on every path that comes here.
#include <ctel/ctel.h>
#include <unistd.h>

extern ctel_tracer *tracer;

static void finish(ctel_span *span, int n)
{
	ctel_set(span, "app.tries", n);
	ctel_span_end(span);
}

int send_all(int fd)
{
	ctel_span *span = ctel_span_start(tracer, "send all", NULL);
	int rc = fsync(fd);

	if (rc < 0)
		finish(span, 1);
	else
		finish(span, 0);
	if (rc < 0)
		ctel_span_error(span, "fsync_failed", NULL); // expect: use-after-end "error is recorded"
	return rc;
}
