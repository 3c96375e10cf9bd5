/* What a customer wants to buy. */
#ifndef CART_H
#define CART_H

#include "shop.h"

#define CART_MAX_ITEMS 16

struct cart_item {
	char sku[16];
	int quantity;
	int64_t unit_price;
	bool is_reduced_tax; /* books and food */
};

struct cart {
	struct cart_item items[CART_MAX_ITEMS];
	int nr_items;
};

void cart_init(struct cart *cart);
/* Adds to the line of the same article, or a new line. */
int cart_add(struct cart *cart, const char *sku, int quantity);
int cart_remove(struct cart *cart, const char *sku);
bool cart_is_empty(const struct cart *cart);
int cart_count(const struct cart *cart);
int64_t item_price(const struct cart_item *item);
int64_t cart_total(const struct cart *cart);

#endif
