// Ok is said first, and the error that comes later is ignored.
#include <ctel/ctel.h>
#include <unistd.h>

extern ctel_tracer *tracer;

int flush(int fd)
{
	CTEL_SPAN(span, tracer, "flush");

	ctel_span_status(span, CTEL_OK, NULL);
	if (fsync(fd) < 0) {
		ctel_span_error(span, "fsync_failed", NULL); // expect: ok-overwritten "after Ok"
		return -1;
	}
	return 0;
}

int flush_said(int fd)
{
	CTEL_SPAN(span, tracer, "flush");
	int rc = fsync(fd);

	ctel_span_status(span, CTEL_OK, "all data is on disk"); // expect: ok-overwritten "description"
	return rc;
}
