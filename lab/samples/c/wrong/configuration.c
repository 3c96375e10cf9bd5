/* Wrong: spans wait in a queue, and the program ends without waiting for them. */
#include <ctel/ctel.h>

#include "../shop.h"

static int place_order(ctel_tracer *tracer, const struct order *order)
{
	CTEL_SPAN(span, tracer, "place order");
	ctel_set(span, "tenant.id", order->tenant);
	int rc = warehouse_reserve(order);
	if (rc)
		ctel_span_error(span, shop_error(rc), NULL);
	return rc;
}

int main(void)
{
	if (ctel_init("checkout"))
		return 2;
	return place_order(ctel_tracer_get("checkout", "1.0.0"), &todays_order);
}
