// A table of pairs, and what is required is not in it.
#include <opentelemetry-c-wrapper/include.h>
#include <otel-tidy/annotations.h>

int append(const char *order);

OTEL_CRITICAL_PATH("orders.place", "tenant.id")
int place(struct otelc_tracer *tracer, const char *order, const char *kind)
{
	struct otelc_kv pairs[2] = {{.key = "app.probe"}};
	struct otelc_span *span = OTELC_OPS(tracer, start_span, "place order"); // expect: missing-attribute "can end without tenant.id"
	if (span == NULL)
		return -1;
	pairs[1].key = "app.order.kind";
	pairs[1].value.u_type = OTELC_VALUE_STRING;
	pairs[1].value.u.value_string = kind;
	OTELC_OPS(span, set_attribute_kv_n, pairs, 2);
	int rc = append(order);
	OTELC_OPSR(span, end);
	return rc;
}
