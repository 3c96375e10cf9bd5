// The C wrapper says the type by a tag.
#include <opentelemetry-c-wrapper/include.h>
#include <stdio.h>

int answer(struct otelc_tracer *tracer, FILE *client, char *status)
{
	struct otelc_value code = {.u_type = OTELC_VALUE_STRING, .u.value_string = status};
	struct otelc_span *span = OTELC_OPS(tracer, start_span, "answer");
	if (span == NULL)
		return -1;
	OTELC_OPS(span, set_attribute_var, "http.response.status_code", &code, NULL); // expect: attribute-type "an int, and set to a string"
	int rc = fprintf(client, "%s\n", status);
	OTELC_OPSR(span, end);
	return rc;
}
