// With the C wrapper: the tenant is known and was left out of the list.
#include <opentelemetry-c-wrapper/include.h>
#include <otel-tidy/annotations.h>
#include <stdio.h>

struct request {
	char *tenant, *route;
	int status;
};

OTEL_CRITICAL_PATH("gateway.forward", "tenant.id", "http.route")
int forward(struct otelc_tracer *tracer, const struct request *r, FILE *upstream)
{
	struct otelc_value route = {.u_type = OTELC_VALUE_STRING, .u.value_string = r->route};
	struct otelc_span *span = OTELC_OPS(tracer, start_span, "forward"); // expect: missing-attribute "can end without tenant.id"

	if (span == NULL)
		return -1;
	OTELC_OPS(span, set_attribute_var, "http.route", &route, NULL);
	int rc = fprintf(upstream, "GET %s\n", r->route) < 0;
	OTELC_OPSR(span, end);
	return rc;
}
