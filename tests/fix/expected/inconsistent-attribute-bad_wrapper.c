// With the C wrapper, and capitals.
#include <opentelemetry-c-wrapper/include.h>
#include <stdio.h>

int put(struct otelc_tracer *tracer, FILE *shelf, char *lane)
{
	struct otelc_value where = {.u_type = OTELC_VALUE_STRING, .u.value_string = lane};
	struct otelc_span *span = OTELC_OPS(tracer, start_span, "put");
	if (span == NULL)
		return -1;
	OTELC_OPS(span, set_attribute_var, "store.lane.name", &where, NULL);
	int rc = fprintf(shelf, "+%s\n", lane);
	OTELC_OPSR(span, end);
	return rc;
}

int take(struct otelc_tracer *tracer, FILE *shelf, char *lane)
{
	struct otelc_value where = {.u_type = OTELC_VALUE_STRING, .u.value_string = lane};
	struct otelc_span *span = OTELC_OPS(tracer, start_span, "take");
	if (span == NULL)
		return -1;
	OTELC_OPS(span, set_attribute_var, "store.lane.name", &where, NULL); // expect: inconsistent-attribute "store.lane.name"
	int rc = fprintf(shelf, "-%s\n", lane);
	OTELC_OPSR(span, end);
	return rc;
}
