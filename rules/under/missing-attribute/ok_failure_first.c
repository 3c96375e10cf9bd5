// A failure may leave before the value exists.
#include <ctel/ctel.h>
#include <otel-tidy/annotations.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

extern ctel_tracer *tracer;

struct order {
	char *id, *tenant;
};

struct order *order_parse(const char *text);

OTEL_CRITICAL_PATH("orders.import", "tenant.id", "app.order.id")
int order_import(const char *text, FILE *ledger)
{
	CTEL_SPAN(span, tracer, "import order");

	struct order *order = order_parse(text);
	if (!order) {
		ctel_span_error(span, "syntax", NULL);
		return -EINVAL;
	}
	ctel_set(span, "tenant.id", order->tenant);
	ctel_set(span, "app.order.id", order->id);
	int rc = fputs(order->id, ledger) < 0 ? -EIO : 0;
	free(order);
	return rc;
}

OTEL_CRITICAL_PATH("orders.peek", "app.order.id")
bool order_peek(const char *text, FILE *out)
{
	CTEL_SPAN(span, tracer, "peek order");

	struct order *order = order_parse(text);
	if (!order)
		return false;
	ctel_set(span, "app.order.id", order->id);
	bool is_written = fputs(order->id, out) >= 0;
	free(order);
	return is_written;
}
