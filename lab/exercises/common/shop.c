/* SPDX-License-Identifier: Apache-2.0 */
/* The shop around the exercises. */
#include "shop.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

const struct order orders[] = {
	{"o-1001", "acme", "mug", 2, 1800, "v1", 7001},
	{"o-1002", "globex", "lamp", 1, 4900, "v2", 7002},
	{"o-1003", "initech", "desk", 9, 53100, "v1", 7003},
	{"o-1004", "acme", "lamp", 1, 4900, "v2", 7001},
};
const int nr_orders = sizeof(orders) / sizeof(orders[0]);

ctel_tracer *tracer(void)
{
	return ctel_tracer_get("shop", NULL);
}

/* What a disk, a network and other people's machines make of an afternoon. */
static void wait_ms(int ms)
{
	struct timespec t = {0, ms * 1000000L};
	nanosleep(&t, NULL);
}

int stock_reserve(const struct order *order)
{
	wait_ms(2);
	return order->pieces > 5 ? -1 : 0;
}

void stock_release(const struct order *order)
{
	wait_ms(1);
	(void)order;
}

/* The new way to pay was never switched on for globex, whose account is 7002. */
int account_charge(int account, const char *flow)
{
	wait_ms(3);
	return account == 7002 && strcmp(flow, "v2") == 0 ? -2 : 0;
}

int card_charge(const struct order *order)
{
	return account_charge(order->account, order->flag);
}

void shop_open(const char *service)
{
	ctel_init(service);
}

int shop_close(void)
{
	return ctel_shutdown(2000) ? 1 : 0;
}

void shop_print(const struct order *order, int rc)
{
	static const char *const texts[] = {"paid", "not in stock", "declined"};
	printf("%s %s\n", order->id, texts[-rc]);
}
