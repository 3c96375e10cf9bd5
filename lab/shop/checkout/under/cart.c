/* The cart, and the catalogue it is filled from. */
#include "cart.h"

#include <stdio.h>
#include <string.h>

#include "catalog.h"
#include "money.h"

#define MAX_QUANTITY 99

void cart_init(struct cart *cart)
{
	*cart = (struct cart){0};
}

static struct cart_item *find_item(struct cart *cart, const char *sku)
{
	for (int i = 0; i < cart->nr_items; i++)
		if (!strcmp(cart->items[i].sku, sku))
			return &cart->items[i];
	return NULL;
}

int cart_add(struct cart *cart, const char *sku, int quantity)
{
	const struct article *article = catalog_find(sku);
	if (!article || quantity < 1)
		return SHOP_UNKNOWN_ITEM;
	struct cart_item *item = find_item(cart, sku);
	if (!item) {
		if (cart->nr_items == CART_MAX_ITEMS)
			return SHOP_TOO_LARGE;
		item = &cart->items[cart->nr_items++];
		*item = (struct cart_item){.unit_price = article->price};
		item->is_reduced_tax = article->is_reduced_tax;
		snprintf(item->sku, sizeof(item->sku), "%s", sku);
	}
	if (item->quantity > MAX_QUANTITY - quantity)
		return SHOP_TOO_LARGE;
	item->quantity += quantity;
	return SHOP_OK;
}

int cart_remove(struct cart *cart, const char *sku)
{
	struct cart_item *item = find_item(cart, sku);
	if (!item)
		return SHOP_UNKNOWN_ITEM;
	*item = cart->items[--cart->nr_items];
	return SHOP_OK;
}

bool cart_is_empty(const struct cart *cart)
{
	return cart->nr_items == 0;
}

int cart_count(const struct cart *cart)
{
	int count = 0;
	for (int i = 0; i < cart->nr_items; i++)
		count += cart->items[i].quantity;
	return count;
}

int64_t item_price(const struct cart_item *item)
{
	return money_times(item->unit_price, item->quantity);
}

int64_t cart_total(const struct cart *cart)
{
	int64_t total = 0;
	for (int i = 0; i < cart->nr_items; i++)
		total = money_add(total, item_price(&cart->items[i]));
	return total;
}
