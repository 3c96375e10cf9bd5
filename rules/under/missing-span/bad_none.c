// The operation that the business lives from, and no span says so.
#include <ctel/ctel.h>
#include <otel-tidy/annotations.h>
#include <errno.h>
#include <stdio.h>

extern ctel_tracer *tracer;

struct order {
	const char *id, *tenant;
	long cents;
};

int payment_charge(const char *tenant, long cents);

OTEL_CRITICAL_PATH("checkout.place_order", "tenant.id", "app.order.id")
int order_place(const struct order *order, FILE *ledger) // expect: missing-span "owns no span"
{
	if (order->cents <= 0)
		return -EINVAL;
	int rc = payment_charge(order->tenant, order->cents);
	if (rc < 0)
		return rc;
	return fprintf(ledger, "%s,%ld\n", order->id, order->cents) < 0 ? -EIO : 0;
}
