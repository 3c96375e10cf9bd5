// Words without a dot are the matter of another rule; a key that moved to another registry of the conventions.
#include <opentelemetry-c-wrapper/include.h>
#include <stdio.h>

int work(struct otelc_tracer *tracer, FILE *peer, char *name)
{
	struct otelc_value text = {.u_type = OTELC_VALUE_STRING, .u.value_string = name};
	struct otelc_span *span = OTELC_OPS(tracer, start_span, "work");
	if (span == NULL)
		return -1;
	OTELC_OPS(span, set_attribute_var, "color", &text, "gen_ai.request.model", &text, NULL);
	int rc = fprintf(peer, "%s\n", name);
	OTELC_OPSR(span, end);
	return rc;
}
