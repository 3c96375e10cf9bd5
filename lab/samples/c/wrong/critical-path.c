/* Wrong: the operation that matters has no span of its own when there is nothing to pay. */
#include <ctel/ctel.h>
#include <otel-tidy/annotations.h>

#include "../shop.h"

OTEL_CRITICAL_PATH("checkout.place_order", "tenant.id")
int place_order(ctel_tracer *tracer, const struct order *order)
{
	struct headers headers = {0};
	if (order->total == 0.0)
		return warehouse_reserve(order);
	CTEL_SPAN(span, tracer, "place order");
	ctel_set(span, "tenant.id", order->tenant);
	ctel_inject(ctel_ctx_current(), headers_set, &headers);
	int rc = payment_charge(&headers, order, 1);
	if (rc)
		ctel_span_error(span, shop_error(rc), NULL);
	return rc;
}
