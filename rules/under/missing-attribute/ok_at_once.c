// Set where the span starts, before the paths part.
#include <ctel/ctel.h>
#include <otel-tidy/annotations.h>
#include <errno.h>
#include <stdio.h>

extern ctel_tracer *tracer;

struct order {
	const char *id, *tenant;
	int nr_lines;
};

OTEL_CRITICAL_PATH("checkout.place_order", "tenant.id", "app.order.id")
int order_place(const struct order *order, FILE *ledger)
{
	CTEL_SPAN(span, tracer, "place order");
	ctel_set(span, "tenant.id", order->tenant);
	ctel_set(span, "app.order.id", order->id);

	if (order->nr_lines == 0)
		return 0;
	if (fprintf(ledger, "%s,%d\n", order->id, order->nr_lines) < 0) {
		ctel_span_error(span, "ledger", NULL);
		return -EIO;
	}
	return order->nr_lines;
}
