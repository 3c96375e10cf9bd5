// With the C wrapper.
#include <opentelemetry-c-wrapper/include.h>
#include <stddef.h>

void stream_begin(struct otelc_span *span, const char *tenant)
{
	struct otelc_value value = {.u_type = OTELC_VALUE_STRING};

	value.u.value_string = tenant;
	OTELC_OPS(span, set_baggage, "tenant.id", tenant);
	OTELC_OPS(span, set_attribute_var, "tenant.id", &value, NULL);
}
