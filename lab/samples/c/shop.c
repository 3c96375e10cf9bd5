/* Stand-ins for a warehouse, a payment service that does not answer at first, and a mail server. */
#include "shop.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

static const char *const skus[] = {"MUG", "LAMP"};

const struct order todays_order = {
	.id = "o-4711",
	.tenant = "acme",
	.user_hash = "5f2d9a",
	.flag = "payment_v2",
	.skus = skus,
	.nr_skus = 2,
	.nr_items = 3,
	.total = 79.9,
	.is_express = true,
};

const char *shop_error(int rc)
{
	static const char *const names[] = {
		[SHOP_OK] = "ok",
		[SHOP_TIMEOUT] = "timeout",
		[SHOP_REFUSED] = "refused",
		[SHOP_OUT_OF_STOCK] = "out_of_stock",
		[SHOP_UNAVAILABLE] = "unavailable",
	};
	return names[rc];
}

static void wait_ms(int ms)
{
	nanosleep(&(struct timespec){.tv_nsec = ms * 1000000L}, NULL);
}

void headers_set(void *carrier, const char *name, const char *value)
{
	struct headers *headers = carrier;
	int max = sizeof(headers->names) / sizeof(headers->names[0]);
	if (headers->nr == max)
		return;
	snprintf(headers->names[headers->nr], sizeof(headers->names[0]), "%s", name);
	snprintf(headers->values[headers->nr++], sizeof(headers->values[0]), "%s", value);
}

static bool has_header(const struct headers *headers, const char *name, const char *part)
{
	for (int i = 0; i < headers->nr; i++)
		if (!strcmp(headers->names[i], name) && strstr(headers->values[i], part))
			return true;
	return false;
}

int warehouse_reserve(const struct order *order)
{
	wait_ms(4);
	return order->nr_items <= 5 ? SHOP_OK : SHOP_OUT_OF_STOCK;
}

/* Refuses whoever does not say to which trace and tenant the payment belongs. */
int payment_charge(const struct headers *headers, const struct order *order, int attempt)
{
	char tenant[64];
	snprintf(tenant, sizeof(tenant), "tenant.id=%s", order->tenant);
	if (!has_header(headers, "traceparent", "00-") || !has_header(headers, "baggage", tenant))
		return SHOP_REFUSED;
	wait_ms(attempt == 1 ? 20 : 6);
	return attempt == 1 ? SHOP_TIMEOUT : SHOP_OK;
}

int mail_send(const struct order *order)
{
	wait_ms(3);
	return order->id ? SHOP_OK : SHOP_REFUSED;
}
