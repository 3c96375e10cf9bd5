// The C wrapper takes attributes as arrays and as lists that end with NULL.
#include <opentelemetry-c-wrapper/include.h>
#include <otel-tidy/annotations.h>
#include <stdio.h>

struct request {
	char *tenant, *route, *user;
	int status;
};

OTEL_CRITICAL_PATH("gateway.forward", "tenant.id", "http.route")
int forward(struct otelc_tracer *tracer, const struct request *r, FILE *upstream)
{
	struct otelc_span *span = OTELC_OPS(tracer, start_span, "forward");
	if (span == NULL)
		return -1;
	struct otelc_kv attributes[] = {
		{.key = "tenant.id", .value = {.u_type = OTELC_VALUE_STRING, .u.value_string = r->tenant}},
		{.key = "http.route", .value = {.u_type = OTELC_VALUE_STRING, .u.value_string = r->route}},
	};
	OTELC_OPS(span, set_attribute_kv_n, attributes, 2);
	int rc = fprintf(upstream, "GET %s\n", r->route);
	OTELC_OPSR(span, end);
	return rc;
}

OTEL_CRITICAL_PATH("gateway.answer", "tenant.id", "user.id")
int answer(struct otelc_tracer *tracer, const struct request *r, FILE *client)
{
	struct otelc_value tenant = {.u_type = OTELC_VALUE_STRING, .u.value_string = r->tenant};
	struct otelc_value user = {.u_type = OTELC_VALUE_STRING, .u.value_string = r->user};
	struct otelc_span *span = OTELC_OPS(tracer, start_span, "answer");

	if (span)
		OTELC_OPS(span, set_attribute_var, "tenant.id", &tenant, "user.id", &user, NULL);
	int rc = fprintf(client, "%d\n", r->status);
	if (span)
		OTELC_OPSR(span, end);
	return rc;
}
