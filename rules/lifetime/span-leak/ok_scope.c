// CTEL_SPAN ends with its scope, whichever way it is left.
#include <ctel/ctel.h>
#include <errno.h>
#include <stdio.h>

extern ctel_tracer *tracer;

int invoice_line(FILE *file, const char *item, long cents)
{
	CTEL_SPAN(span, tracer, "invoice line");

	if (cents < 0)
		return -ERANGE;
	if (fprintf(file, "%s %ld\n", item, cents) < 0) {
		ctel_span_error(span, "write_failed", NULL);
		return -EIO;
	}
	return 0;
}
