// Variants of what the conventions know are the matter of misspelled-attribute; with an own registry each key stands for itself.
// config: {"rules": {"inconsistent-attribute": "warning"}, "attributes": [{"name": "shop.order.id"}, {"name": "shop.order_id"}]}
#include <opentelemetry-c-wrapper/include.h>
#include <stdio.h>

int put(struct otelc_tracer *tracer, FILE *shelf, char *id)
{
	struct otelc_value text = {.u_type = OTELC_VALUE_STRING, .u.value_string = id};
	struct otelc_span *span = OTELC_OPS(tracer, start_span, "put");
	if (span == NULL)
		return -1;
	OTELC_OPS(span, set_attribute_var, "shop.order.id", &text, "shop.order_id", &text, NULL);
	int rc = fprintf(shelf, "+%s\n", id);
	OTELC_OPSR(span, end);
	return rc;
}
