/* From a cart to what the customer pays. */
#ifndef PRICING_H
#define PRICING_H

#include "cart.h"

struct price {
	int64_t goods;    /* after line discounts */
	int64_t discount; /* on the goods */
	int64_t shipping;
	int64_t tax;
	int64_t total;
};

int price_cart(const struct customer *customer, const struct cart *cart, struct price *out);

#endif
