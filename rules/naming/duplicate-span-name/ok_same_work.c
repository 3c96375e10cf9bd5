// The same work on two platforms.
#include <opentelemetry-c-wrapper/include.h>
#include <stdio.h>

int flush_linux(struct otelc_tracer *tracer, FILE *file)
{
	struct otelc_span *span = OTELC_OPS(tracer, start_span, "flush linux");
	if (span == NULL)
		return -1;
	int rc = fflush(file);
	OTELC_OPSR(span, end);
	return rc;
}

int flush_bsd(struct otelc_tracer *tracer, FILE *file)
{
	struct otelc_span *span = OTELC_OPS(tracer, start_span, "flush linux");
	if (span == NULL)
		return -1;
	int rc = fflush(file);
	OTELC_OPSR(span, end);
	return rc;
}
