/* Takes orders. The span says how long it took, and of which order. Sometimes. */
#include <otel-tidy/annotations.h>

#include "shop.h"

OTEL_CRITICAL_PATH("checkout.place_order", "tenant.id", "app.order.id", "app.payment.flow")
static int place_order(const struct order *order)
{
	CTEL_SPAN(span, tracer(), "place order");
	int rc = stock_reserve(order);
	if (rc != 0)
		return rc;
	ctel_set(span, "app.order.id", order->id);
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
