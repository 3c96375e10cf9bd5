// Failures come past the label, too.
#include <ctel/ctel.h>
#include <unistd.h>

extern ctel_tracer *tracer;

int copy(int from, int to, char *buffer, unsigned size)
{
	ctel_span *span = ctel_span_start(tracer, "copy", NULL);
	int rc = -1;
	long n = read(from, buffer, size);

	if (n < 0)
		goto out;
	if (write(to, buffer, (unsigned)n) < 0)
		goto out;
	rc = 0;
out:
	ctel_span_status(span, CTEL_OK, NULL); // expect: ok-on-failure "a path that fails"
	ctel_span_end(span);
	return rc;
}
