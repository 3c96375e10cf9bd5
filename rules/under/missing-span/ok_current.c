// Under automatic instrumentation the handler's span is already there: say so.
#include <ctel/ctel.h>
#include <otel-tidy/annotations.h>
#include <stdio.h>

OTEL_CRITICAL_PATH("catalog.show", "tenant.id", "span=current")
int show(const char *tenant, const char *item, FILE *out)
{
	ctel_set(ctel_span_current(), "tenant.id", tenant);
	return fprintf(out, "%s\n", item) < 0 ? 500 : 200;
}
