/* Wrong: when the payment is refused, the span is never ended, and so it is never seen. */
#include <ctel/ctel.h>

#include "../shop.h"

int charge_payment(ctel_tracer *tracer, const struct order *order)
{
	struct headers headers = {0};
	ctel_span *span = ctel_span_enter(tracer, "charge payment");
	ctel_set(span, "tenant.id", order->tenant);
	ctel_inject(ctel_ctx_current(), headers_set, &headers);
	int rc = payment_charge(&headers, order, 1);
	if (rc == SHOP_REFUSED)
		return rc;
	if (rc)
		ctel_span_error(span, shop_error(rc), NULL);
	ctel_span_end(span);
	return rc;
}
