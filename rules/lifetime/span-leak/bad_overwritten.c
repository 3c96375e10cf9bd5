// The second start takes the variable of the first.
#include <ctel/ctel.h>
#include <unistd.h>

extern ctel_tracer *tracer;

int two_phases(int a, int b)
{
	ctel_span *span = ctel_span_start(tracer, "first phase", NULL); // expect: span-leak "is lost: its last handle is overwritten"
	int rc = fsync(a);

	span = ctel_span_start(tracer, "second phase", NULL); // expect-step: span-leak "overwritten here"
	rc |= fsync(b);
	ctel_span_end(span);
	return rc;
}
