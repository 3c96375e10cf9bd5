// A critical path may call itself; so may a function that says why.
#include <ctel/ctel.h>
#include <otel-tidy/annotations.h>
#include <stdio.h>

extern ctel_tracer *tracer;

OTEL_CRITICAL_PATH("import.read")
int import(FILE *list)
{
	char path[256];
	CTEL_SPAN(span, tracer, "import"); // ok: recursive-span
	if (!fgets(path, sizeof(path), list))
		return 0;
	return 1 + import(list);
}

/* Lists may include lists, and one wants to see which of them takes so long. */
OTEL_NOT_TRIVIAL
int include(FILE *list)
{
	char path[256];
	CTEL_SPAN(span, tracer, "include"); // ok: recursive-span
	if (!fgets(path, sizeof(path), list))
		return 0;
	return 1 + include(list);
}
