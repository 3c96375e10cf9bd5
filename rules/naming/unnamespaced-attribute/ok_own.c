// A key that the project defines without one.
// config: {"rules": {"unnamespaced-attribute": "warning"}, "attributes": [{"name": "tenant", "type": "string"}]}
#include <opentelemetry-c-wrapper/include.h>
#include <stdio.h>

int work(struct otelc_tracer *tracer, FILE *peer, char *tenant)
{
	struct otelc_value name = {.u_type = OTELC_VALUE_STRING, .u.value_string = tenant};
	struct otelc_span *span = OTELC_OPS(tracer, start_span, "work");
	if (span == NULL)
		return -1;
	OTELC_OPS(span, set_attribute_var, "tenant", &name, NULL);
	int rc = fprintf(peer, "%s\n", tenant);
	OTELC_OPSR(span, end);
	return rc;
}
