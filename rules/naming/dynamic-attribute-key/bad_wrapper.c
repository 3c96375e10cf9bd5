// With the C wrapper: the filter's counters.
#include <opentelemetry-c-wrapper/include.h>
#include <stdio.h>

void filter_note(struct otelc_span *span, int worker, int64_t hits)
{
	char key[32];
	struct otelc_value value = {.u_type = OTELC_VALUE_INT64};

	value.u.value_int64 = hits;
	snprintf(key, sizeof(key), "worker.%d.hits", worker);
	OTELC_OPS(span, set_attribute_var, key, &value, NULL); // expect: dynamic-attribute-key "formatted with a number"
}
