// The variable ends its span when it goes out of scope; so does this function.
#include <ctel/ctel.h>
#include <unistd.h>

extern ctel_tracer *tracer;

int flush(int fd)
{
	CTEL_SPAN(span, tracer, "flush");
	int rc = fsync(fd);

	if (rc < 0)
		ctel_span_error(span, "fsync_failed", NULL);
	ctel_span_end(span);
	return rc; // expect: double-end "ended twice"
}
