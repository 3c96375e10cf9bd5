// A helper that all operations share sets what all of them need.
#include <ctel/ctel.h>
#include <otel-tidy/annotations.h>
#include <stdio.h>

extern ctel_tracer *tracer;

struct order {
	const char *id, *tenant;
};

static ctel_span *order_span(const char *name, const struct order *order)
{
	ctel_span *span = ctel_span_enter(tracer, name);

	ctel_set(span, "tenant.id", order->tenant);
	ctel_set(span, "app.order.id", order->id);
	return span;
}

OTEL_CRITICAL_PATH("orders.hold", "tenant.id", "app.order.id")
int order_hold(const struct order *order, FILE *ledger)
{
	ctel_span *span = order_span("hold order", order);
	int rc = fprintf(ledger, "%s held\n", order->id);

	ctel_span_end(span);
	return rc;
}
