// With the C wrapper: keys that the configuration names, and constants.
#include <opentelemetry-c-wrapper/include.h>
#include <stddef.h>

struct sample {
	char *key;
	struct otelc_value value;
	struct sample *next;
};

void filter_note(struct otelc_span *span, const struct sample *samples)
{
	struct otelc_kv kv[1];

	for (; samples; samples = samples->next)
		OTELC_OPS(span, set_attribute_var, samples->key, &samples->value, NULL);
	kv[0].key = "app.samples";
	kv[0].value.u.value_string = "done";
	OTELC_OPS(span, set_attribute_kv_n, kv, 1);
}
