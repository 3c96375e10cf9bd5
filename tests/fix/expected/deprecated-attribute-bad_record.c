// Records of a key whose value is filled in later.
#include <opentelemetry-c-wrapper/include.h>

void send_list(struct otelc_span *span, const char *method)
{
	struct otelc_kv pairs[2] = {{.key = "app.a"},
		{.key = "http.request.method"}}; // expect: deprecated-attribute "http.request.method"
	pairs[1].value.u.value_string = method;
	OTELC_OPS(span, set_attribute_kv_n, pairs, 2);
}
