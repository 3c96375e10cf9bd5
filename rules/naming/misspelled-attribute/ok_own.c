// A project may call its own what looks like a slip.
// config: {"rules": {"misspelled-attribute": "warning"}, "attributes": [{"name": "user_id", "type": "string"}, {"name": "server.adress"}]}
#include <opentelemetry-c-wrapper/include.h>
#include <stdio.h>

int hello(struct otelc_tracer *tracer, FILE *peer, char *user)
{
	struct otelc_value id = {.u_type = OTELC_VALUE_STRING, .u.value_string = user};
	struct otelc_span *span = OTELC_OPS(tracer, start_span, "hello");
	if (span == NULL)
		return -1;
	OTELC_OPS(span, set_attribute_var, "user_id", &id, "server.adress", &id, NULL);
	int rc = fprintf(peer, "hello %s\n", user);
	OTELC_OPSR(span, end);
	return rc;
}
