// The line that was added took the place of the return.
#include <ctel/ctel.h>
#include <unistd.h>

extern ctel_tracer *tracer;

int flush(int fd)
{
	CTEL_SPAN(span, tracer, "flush");

	if (fsync(fd) < 0)
		ctel_span_error(span, "fsync_failed", NULL); // expect: dangling-instrumentation
		return -1;
	return 0;
}
