/* Wrong: a span on everything that has a name. */
#include <ctel/ctel.h>

#include "../shop.h"

static ctel_tracer *tracer;

double order_total(const struct order *order)
{
	CTEL_SPAN(span, tracer, "order_total");
	return order->total;
}

bool is_large(const struct order *order)
{
	CTEL_SPAN(span, tracer, "is_large");
	double limit = order->is_express ? 50.0 : 100.0;
	return order->total > limit && order->nr_items > 1;
}

double total_of(const struct order *orders, int nr)
{
	double total = 0.0;
	for (int i = 0; i < nr; i++) {
		CTEL_SPAN(span, tracer, "add order");
		total += orders[i].total;
	}
	return total;
}

int reserve(const struct order *order)
{
	CTEL_SPAN(span, tracer, "reserve stock");
	ctel_set(span, "app.order.id", order->id);
	int rc = warehouse_reserve(order);
	if (rc)
		ctel_span_error(span, shop_error(rc), NULL);
	return rc;
}

int reserve_stock(const struct order *order)
{
	CTEL_SPAN(span, tracer, "reserve_stock");
	return reserve(order);
}
