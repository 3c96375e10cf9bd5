/* Wrong: the span of a payment that failed looks like that of one that worked. */
#include <ctel/ctel.h>

#include <errno.h>
#include <stdio.h>

#include "../shop.h"

int charge_once(ctel_tracer *tracer, const struct order *order, int attempt);

int charge_once(ctel_tracer *tracer, const struct order *order, int attempt)
{
	struct headers headers = {0};
	CTEL_SPAN(span, tracer, "charge payment");
	ctel_set(span, "tenant.id", order->tenant);
	ctel_set(span, "app.payment.attempt", attempt);
	ctel_inject(ctel_ctx_current(), headers_set, &headers);
	if (payment_charge(&headers, order, attempt) != SHOP_OK) {
		fprintf(stderr, "payment of %s failed\n", order->id);
		return -EIO;
	}
	return 0;
}

int charge_payment(ctel_tracer *tracer, const struct order *order)
{
	if (charge_once(tracer, order, 1) < 0)
		return charge_once(tracer, order, 2);
	return 0;
}
