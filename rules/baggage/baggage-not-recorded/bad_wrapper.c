// With the C wrapper.
#include <opentelemetry-c-wrapper/include.h>
#include <stddef.h>

void stream_begin(struct otelc_span *span, const char *tenant)
{
	OTELC_OPS(span, set_baggage, "tenant.id", tenant); // expect: baggage-not-recorded "is set, and no span carries it"
}
