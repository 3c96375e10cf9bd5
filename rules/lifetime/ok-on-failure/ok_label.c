// The status goes with the result.
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
	rc = write(to, buffer, (unsigned)n) < 0 ? -1 : 0;
out:
	if (rc == 0)
		ctel_span_status(span, CTEL_OK, NULL);
	else
		ctel_span_error(span, "copy_failed", NULL);
	ctel_span_end(span);
	return rc;
}
