// With the C wrapper: one by one, and as an array of pairs.
#include <opentelemetry-c-wrapper/include.h>
#include <stddef.h>

struct backend {
	const char *name;
	char *secret;
};

void connect_note(struct otelc_span *span, struct backend *be)
{
	struct otelc_value value = {.u_type = OTELC_VALUE_STRING};

	value.u.value_string = be->secret;
	OTELC_OPS(span, set_attribute_var, "app.backend", &value, NULL); // expect: sensitive-attribute "credential: be->secret"
}

void connect_pairs(struct otelc_span *span, struct backend *be)
{
	struct otelc_kv kv[2];

	kv[0].key = "app.backend";
	kv[0].value.u.value_string = be->name;
	kv[1].key = "backend.password"; // expect: sensitive-attribute "holds a credential"
	kv[1].value.u.value_string = be->name;
	OTELC_OPS(span, set_attribute_kv_n, kv, 2);
}
