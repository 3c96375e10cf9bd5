// The helper ends the span, which its name does not say, and the caller does so again.
#include <ctel/ctel.h>
#include <unistd.h>

extern ctel_tracer *tracer;

static void report(ctel_span *span, int rc)
{
	ctel_set(span, "app.rc", rc);
	if (rc)
		ctel_span_error(span, "failed", NULL);
	ctel_span_end(span);
}

int synchronise(int fd)
{
	ctel_span *span = ctel_span_start(tracer, "synchronise", NULL);
	int rc = fsync(fd);

	report(span, rc);
	ctel_span_end(span); // expect: double-end
	return rc;
}
