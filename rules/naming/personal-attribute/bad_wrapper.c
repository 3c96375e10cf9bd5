// With the C wrapper.
#include <opentelemetry-c-wrapper/include.h>
#include <stddef.h>

struct stream {
	const char *client_ip;
};

void stream_note(struct otelc_span *span, const struct stream *s)
{
	struct otelc_value value = {.u_type = OTELC_VALUE_STRING};

	value.u.value_string = s->client_ip;
	OTELC_OPS(span, set_attribute_var, "app.peer", &value, NULL); // expect: personal-attribute "personal data: s->client_ip"
}
