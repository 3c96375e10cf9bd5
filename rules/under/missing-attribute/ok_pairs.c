// A constant table of pairs, and one that is filled here.
#include <opentelemetry-c-wrapper/include.h>
#include <otel-tidy/annotations.h>

int append(const char *order);

OTEL_CRITICAL_PATH("orders.ping", "app.probe")
int ping(struct otelc_tracer *tracer, const char *order)
{
	static const struct otelc_kv pairs[] = {
		{.key = "app.probe", .value = {.u_type = OTELC_VALUE_STRING, .u.value_string = "ping"}},
		{.key = "app.level", .value = {.u_type = OTELC_VALUE_INT64, .u.value_int64 = 2}},
	};
	struct otelc_span *span = OTELC_OPS(tracer, start_span, "ping orders");
	if (span == NULL)
		return -1;
	OTELC_OPS(span, set_attribute_kv_n, pairs, 2);
	int rc = append(order);
	OTELC_OPSR(span, end);
	return rc;
}

OTEL_CRITICAL_PATH("orders.place", "tenant.id")
int place(struct otelc_tracer *tracer, const char *order, const char *tenant)
{
	struct otelc_kv pairs[1];
	struct otelc_span *span = OTELC_OPS(tracer, start_span, "place order");
	if (span == NULL)
		return -1;
	pairs[0].key = "tenant.id";
	pairs[0].value.u_type = OTELC_VALUE_STRING;
	pairs[0].value.u.value_string = tenant;
	OTELC_OPS(span, set_attribute_kv_n, pairs, 1);
	int rc = append(order);
	OTELC_OPSR(span, end);
	return rc;
}

OTEL_CRITICAL_PATH("orders.drop", "app.probe", "tenant.id")
int drop(struct otelc_tracer *tracer, const char *order, const char *tenant)
{
	const struct otelc_kv probe = {.key = "app.probe"};
	struct otelc_kv whose = {.key = "tenant.id"};
	struct otelc_span *span = OTELC_OPS(tracer, start_span, "drop order");
	if (span == NULL)
		return -1;
	whose.value.u_type = OTELC_VALUE_STRING;
	whose.value.u.value_string = tenant;
	OTELC_OPS(span, set_attribute_kv_var, &probe, &whose, NULL);
	int rc = append(order);
	OTELC_OPSR(span, end);
	return rc;
}
