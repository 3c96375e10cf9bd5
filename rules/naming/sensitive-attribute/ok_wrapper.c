// With the C wrapper: names and numbers.
#include <opentelemetry-c-wrapper/include.h>
#include <stddef.h>

struct backend {
	const char *name;
	const char *secret_name;
};

void connect_note(struct otelc_span *span, struct backend *be)
{
	struct otelc_value value = {.u_type = OTELC_VALUE_STRING};

	value.u.value_string = be->name;
	OTELC_OPS(span, set_attribute_var, "app.backend", &value, NULL); // ok: sensitive-attribute
	value.u.value_string = be->secret_name;
	OTELC_OPS(span, set_attribute_var, "app.backend.secret_name", &value, NULL); // ok: sensitive-attribute
}
