/* Prices: line discounts, tenant and coupon discounts, shipping, tax. */
#include "pricing.h"

#include <string.h>

#include "flags.h"
#include "money.h"

#define MAX_DISCOUNT 2500 /* basis points, all discounts together */

/* Bulk prices: 5 % from 5 pieces, 8 % from 10. */
static int64_t line_price(const struct cart_item *item, bool has_bulk_prices)
{
	int64_t price = item_price(item);
	if (has_bulk_prices && item->quantity >= 10)
		price -= money_share(price, 800);
	else if (has_bulk_prices && item->quantity >= 5)
		price -= money_share(price, 500);
	return price;
}

static int64_t coupon_discount(const char *coupon, int64_t goods)
{
	if (!coupon)
		return 0;
	if (!strcmp(coupon, "WELCOME10") && goods >= 2000)
		return 1000;
	return 0;
}

/* In basis points. */
static int64_t discount_rate(const struct customer *customer, int64_t goods)
{
	const struct tenant *tenant = customer->tenant;
	int64_t rate = coupon_discount(customer->coupon, goods);
	if (!customer->is_guest)
		rate += tenant->loyalty_discount;
	return rate > MAX_DISCOUNT ? MAX_DISCOUNT : rate;
}

static int64_t shipping_fee(const struct tenant *tenant, int64_t goods)
{
	return goods >= tenant->free_shipping_from ? 0 : tenant->shipping_fee;
}

static int64_t tax_rate(const struct tenant *tenant, const struct cart_item *item)
{
	return item->is_reduced_tax ? tenant->reduced_tax_rate : tenant->tax_rate;
}

int price_cart(const struct customer *customer, const struct cart *cart, struct price *out)
{
	const struct tenant *tenant = customer->tenant;
	bool has_bulk_prices = is_flag_enabled(FLAG_BULK_PRICES, customer);
	*out = (struct price){0};
	if (cart_total(cart) >= MONEY_MAX)
		return SHOP_TOO_LARGE;
	for (int i = 0; i < cart->nr_items; i++) {
		const struct cart_item *item = &cart->items[i];
		int64_t price = line_price(item, has_bulk_prices);
		out->goods = money_add(out->goods, price);
	}
	int64_t rate = discount_rate(customer, out->goods);
	out->discount = money_share(out->goods, rate);
	for (int i = 0; i < cart->nr_items; i++) {
		const struct cart_item *item = &cart->items[i];
		int64_t net = line_price(item, has_bulk_prices);
		net -= money_share(net, rate);
		out->tax = money_add(out->tax, money_share(net, tax_rate(tenant, item)));
	}
	int64_t net_goods = out->goods - out->discount;
	out->shipping = shipping_fee(tenant, net_goods);
	out->total = money_add(money_add(net_goods, out->shipping), out->tax);
	return SHOP_OK;
}
