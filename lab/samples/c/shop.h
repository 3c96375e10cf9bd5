/* The rest of the shop: what waits, and can fail. */
#ifndef SHOP_H
#define SHOP_H

#include <stdbool.h>
#include <stddef.h>

#define PAYMENT_HOST "payments.example"

enum shop_result { SHOP_OK, SHOP_TIMEOUT, SHOP_REFUSED, SHOP_OUT_OF_STOCK, SHOP_UNAVAILABLE };

struct order {
	const char *id, *tenant, *user_hash, *flag;
	const char *const *skus;
	size_t nr_skus;
	int nr_items;
	double total;
	bool is_express;
};

struct headers {
	char names[4][32], values[4][256];
	int nr;
};

extern const struct order todays_order;

const char *shop_error(int rc);
void headers_set(void *carrier, const char *name, const char *value);
int warehouse_reserve(const struct order *order);
int payment_charge(const struct headers *headers, const struct order *order, int attempt);
int mail_send(const struct order *order);

#endif
