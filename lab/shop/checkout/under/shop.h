/* What the whole checkout shares: results, tenants, customers. */
#ifndef SHOP_H
#define SHOP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Every function that can fail returns one of these; errors are negative. */
enum shop_result {
	SHOP_OK = 0,
	SHOP_EMPTY_CART = -1,
	SHOP_UNKNOWN_ITEM = -2,
	SHOP_OUT_OF_STOCK = -3,
	SHOP_DECLINED = -4,
	SHOP_PROVIDER_ERROR = -5,
	SHOP_DB_ERROR = -6,
	SHOP_NO_MEMORY = -7,
	SHOP_TOO_LARGE = -8,
};
#define SHOP_NR_RESULTS 9

/* A shop that sells through us. Amounts are in minor units (cents), rates in basis points. */
struct tenant {
	const char *id;
	const char *country;
	const char *currency;
	int64_t tax_rate;
	int64_t reduced_tax_rate;
	int64_t loyalty_discount;
	int64_t free_shipping_from;
	int64_t shipping_fee;
};

struct customer {
	char id[16];
	char hash[17]; /* of the id: what may be shown to others */
	char card[24]; /* the payment provider's token, not a number */
	const struct tenant *tenant;
	bool is_guest;
	const char *coupon; /* or NULL */
};

const char *shop_result_name(int result);
const struct tenant *tenant_by_index(unsigned index);
unsigned tenant_count(void);
void customer_init(struct customer *customer, const struct tenant *tenant, unsigned number);

/* FNV-1a: stable across runs and machines, good enough to spread. */
uint64_t stable_hash(const char *text);

#endif
