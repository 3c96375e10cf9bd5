// With the C wrapper.
#include <opentelemetry-c-wrapper/include.h>
#include <stdio.h>

int work(struct otelc_tracer *tracer, FILE *peer, char *color)
{
	struct otelc_value paint = {.u_type = OTELC_VALUE_STRING, .u.value_string = color};
	struct otelc_span *span = OTELC_OPS(tracer, start_span, "work");
	if (span == NULL)
		return -1;
	OTELC_OPS(span, set_attribute_var, "user.favourite.color", &paint, NULL); // expect: reserved-namespace "user"
	int rc = fprintf(peer, "%s\n", color);
	OTELC_OPSR(span, end);
	return rc;
}
