/* Wrong: the orders that cost nothing are placed, and nobody can search for them by tenant. */
#include <ctel/ctel.h>
#include <otel-tidy/annotations.h>

#include "../shop.h"

OTEL_CRITICAL_PATH("checkout.place_order", "tenant.id", "app.order.id")
int place_order(ctel_tracer *tracer, const struct order *order)
{
	CTEL_SPAN(span, tracer, "place order");
	ctel_set(span, "app.order.id", order->id);
	if (order->total < 0.01)
		return mail_send(order);
	ctel_set(span, "tenant.id", order->tenant);
	int rc = warehouse_reserve(order);
	if (rc)
		ctel_span_error(span, shop_error(rc), NULL);
	return rc;
}
