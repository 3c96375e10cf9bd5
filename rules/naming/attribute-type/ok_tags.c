// The tag and the registry agree; a record that is filled elsewhere says nothing.
#include <opentelemetry-c-wrapper/include.h>
#include <stdio.h>

void value_of(const char *text, struct otelc_value *out);

int answer(struct otelc_tracer *tracer, FILE *client, int status)
{
	struct otelc_value code = {.u_type = OTELC_VALUE_INT64, .u.value_int64 = status};
	struct otelc_value port;
	struct otelc_span *span = OTELC_OPS(tracer, start_span, "answer");
	if (span == NULL)
		return -1;
	value_of("8080", &port);
	OTELC_OPS(span, set_attribute_var, "http.response.status_code", &code, "server.port", &port, NULL);
	int rc = fprintf(client, "%d\n", status);
	OTELC_OPSR(span, end);
	return rc;
}
