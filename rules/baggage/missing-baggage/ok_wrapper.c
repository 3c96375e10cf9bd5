// With the C wrapper.
#include <opentelemetry-c-wrapper/include.h>
#include <otel-tidy/annotations.h>
#include <stddef.h>

OTEL_CRITICAL_PATH("stream.begin", "span=current", "baggage=tenant.id")
void stream_begin(struct otelc_span *span, const char *tenant)
{
	OTELC_OPS(span, set_baggage_var, "region", "eu", "tenant.id", tenant, NULL);
}
