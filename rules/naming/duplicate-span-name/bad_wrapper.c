// With the C wrapper.
#include <opentelemetry-c-wrapper/include.h>
#include <stdio.h>

int cache_load(struct otelc_tracer *tracer, FILE *file, char *line, int size)
{
	struct otelc_span *span = OTELC_OPS(tracer, start_span, "cache.load");
	if (span == NULL)
		return -1;
	char *got = fgets(line, size, file);
	OTELC_OPSR(span, end);
	return got == NULL;
}

int cache_flush(struct otelc_tracer *tracer, FILE *file)
{
	struct otelc_span *span = OTELC_OPS(tracer, start_span, "cache.load"); // expect: duplicate-span-name "cache_load"
	if (span == NULL)
		return -1;
	int rc = fflush(file);
	OTELC_OPSR(span, end);
	return rc;
}
