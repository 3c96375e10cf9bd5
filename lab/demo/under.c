/* Too little: what auto-instrumentation leaves. The request has a span, the order has none. */
#include "shop.h"

#include <errno.h>
#include <stdio.h>

static long order_total(const struct order *order)
{
	return order->cents * order->count;
}

static int write_ledger(const struct order *order)
{
	FILE *ledger = fopen("ledger.csv", "a");

	if (!ledger)
		return -errno;
	fprintf(ledger, "%s,%s,%ld\n", order->id, order->item, order_total(order));
	return fclose(ledger) ? -errno : 0;
}

int place_order(const struct order *order)
{
	if (order->count <= 0)
		return -EINVAL;
	return write_ledger(order);
}
