// In the style that the project asks for.
// config: {"rules": {"span-name-style": "warning"}, "span_names": "^[a-z]+( [a-z]+)*$"}
#include <opentelemetry-c-wrapper/include.h>
#include <stdio.h>

int cache_load(struct otelc_tracer *tracer, FILE *file, char *line, int size)
{
	struct otelc_span *span = OTELC_OPS(tracer, start_span, "cache load");
	if (span == NULL)
		return -1;
	char *got = fgets(line, size, file);
	OTELC_OPSR(span, end);
	return got == NULL;
}
