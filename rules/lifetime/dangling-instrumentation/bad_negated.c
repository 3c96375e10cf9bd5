// Behind a negated condition, and as the last statement of a loop.
#include <ctel/ctel.h>
#include <stdio.h>

extern ctel_tracer *tracer;

int print_all(FILE *out, const char *const *lines, int nr)
{
	CTEL_SPAN(span, tracer, "print lines");
	int rc = 0;
	if (!out)
		ctel_event(span, "no file"); // expect: dangling-instrumentation "became the body"
		rc = -1;
	for (int i = 0; i < nr; i++) {
		if (fputs(lines[i], out) < 0)
			ctel_event(span, "short"); // expect: dangling-instrumentation "became the body"
			rc = -1;
	}
	return rc;
}
