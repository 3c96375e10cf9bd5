/* Tenants, customers and the names of results. */
#include "shop.h"

#include <inttypes.h>
#include <stdio.h>

static const struct tenant tenants[] = {
	{"acme", "DE", "EUR", 1900, 700, 500, 5000, 490},
	{"globex", "FR", "EUR", 2000, 550, 300, 6000, 590},
	{"initech", "NL", "EUR", 2100, 900, 0, 4000, 390},
	{"umbrella", "GB", "GBP", 2000, 0, 1000, 7500, 699},
};

static const char *const result_names[SHOP_NR_RESULTS] = {
	"ok",
	"empty_cart",
	"unknown_item",
	"out_of_stock",
	"card_declined",
	"provider_error",
	"database_error",
	"no_memory",
	"too_large",
};

const char *shop_result_name(int result)
{
	if (result > 0 || result <= -SHOP_NR_RESULTS)
		return "unknown";
	return result_names[-result];
}

const struct tenant *tenant_by_index(unsigned index)
{
	return &tenants[index % tenant_count()];
}

unsigned tenant_count(void)
{
	return sizeof(tenants) / sizeof(tenants[0]);
}

void customer_init(struct customer *customer, const struct tenant *tenant, unsigned number)
{
	*customer = (struct customer){.tenant = tenant};
	snprintf(customer->id, sizeof(customer->id), "u-%05u", number);
	snprintf(customer->hash, sizeof(customer->hash), "%016" PRIx64, stable_hash(customer->id));
	snprintf(customer->card, sizeof(customer->card), "tok_%.16s", customer->hash);
	customer->is_guest = number % 5 == 0;
	customer->coupon = number % 7 == 0 ? "WELCOME10" : NULL;
}

uint64_t stable_hash(const char *text)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325);
	for (const unsigned char *c = (const unsigned char *)text; *c; c++)
		hash = (hash ^ *c) * UINT64_C(0x100000001b3);
	return hash;
}
