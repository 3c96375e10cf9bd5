// A span with attributes and a status around what takes a microsecond.
#include <ctel/ctel.h>
#include <stdio.h>
#include <string.h>

extern ctel_tracer *tracer;

int label_of(char *out, unsigned long size, const char *street, int number)
{
	ctel_span *span = ctel_span_enter(tracer, "format label"); // expect: trivial-span "that calls only snprintf and strlen"
	int n = snprintf(out, size, "%s %d", street, number);

	ctel_set(span, "app.label.length", (int)strlen(out));
	if (n < 0 || (unsigned long)n >= size)
		ctel_span_error(span, "too_long", NULL);
	ctel_span_end(span);
	return n;
}
