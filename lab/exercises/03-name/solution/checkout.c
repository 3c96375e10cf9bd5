/* Takes orders, and says in a span's name which one. */
#include <otel-tidy/annotations.h>

#include "shop.h"

OTEL_CRITICAL_PATH("checkout.place_order")
static int place_order(const struct order *order)
{
	CTEL_SPAN(span, tracer(), "place order");
	ctel_set(span, "app.order.id", order->id);
	ctel_set(span, "tenant.id", order->tenant);
	int rc = stock_reserve(order);
	if (rc != 0)
		return rc;
	rc = card_charge(order);
	if (rc != 0)
		stock_release(order);
	return rc;
}

int main(void)
{
	shop_open("checkout");
	for (int i = 0; i < nr_orders; i++)
		shop_print(&orders[i], place_order(&orders[i]));
	return shop_close();
}
