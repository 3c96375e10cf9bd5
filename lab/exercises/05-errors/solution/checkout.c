/* Takes orders. Half of them fail, and every span is green. */
#include <otel-tidy/annotations.h>

#include "shop.h"

OTEL_CRITICAL_PATH("checkout.place_order", "tenant.id", "app.order.id", "app.payment.flow")
static int place_order(const struct order *order)
{
	CTEL_SPAN(span, tracer(), "place order");
	ctel_set(span, "tenant.id", order->tenant);
	ctel_set(span, "app.order.id", order->id);
	ctel_set(span, "app.payment.flow", order->flag);
	int rc = stock_reserve(order);
	if (rc != 0) {
		ctel_span_error(span, "out_of_stock", NULL);
		return rc;
	}
	rc = card_charge(order);
	if (rc != 0) {
		ctel_span_error(span, "card_declined", NULL);
		stock_release(order);
	}
	return rc;
}

int main(void)
{
	shop_open("checkout");
	for (int i = 0; i < nr_orders; i++)
		shop_print(&orders[i], place_order(&orders[i]));
	return shop_close();
}
