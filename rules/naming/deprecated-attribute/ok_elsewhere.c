// The old name as a text of another kind; a key that moved to another registry and kept its name; a key that is not known here.
#include <opentelemetry-c-wrapper/include.h>
#include <stdio.h>

int log_key(struct otelc_tracer *tracer, FILE *log, const char *key, char *model)
{
	struct otelc_value name = {.u_type = OTELC_VALUE_STRING, .u.value_string = model};
	struct otelc_span *span = OTELC_OPS(tracer, start_span, "log key");
	if (span == NULL)
		return -1;
	OTELC_OPS(span, set_attribute_var, key, &name, NULL);
	OTELC_OPS(span, set_attribute_var, "gen_ai.request.model", &name, NULL);
	int rc = fprintf(log, "http.method is %s\n", key);
	OTELC_OPSR(span, end);
	return rc;
}
