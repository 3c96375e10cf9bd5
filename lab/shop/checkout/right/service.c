/* The checkout as a service: an order comes as a form, and its outcome goes back as one. */
#include "service.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "checkout.h"
#include "payment.h"
#include "web/web.h"

static sqlite3 *orders;

/* "MUG:2,LAMP:1"; nothing at all is an empty cart. */
static int read_items(const char *items, struct cart *cart)
{
	cart_init(cart);
	while (*items) {
		char sku[16], *end;
		size_t n = strcspn(items, ":");
		if (!items[n] || n >= sizeof(sku))
			return SHOP_UNKNOWN_ITEM;
		snprintf(sku, sizeof(sku), "%.*s", (int)n, items);
		long quantity = strtol(items + n + 1, &end, 10);
		int rc = cart_add(cart, sku, quantity > 0 && quantity < 1000 ? (int)quantity : 0);
		if (rc != SHOP_OK)
			return rc;
		items = *end == ',' ? end + 1 : end;
	}
	return SHOP_OK;
}

static int read_order(
	const char *form, struct customer *customer, struct cart *cart, struct order *order)
{
	char tenant[32], user[16], number[16], items[512];
	if (!form_field(form, "tenant", tenant, sizeof(tenant)) ||
		!form_field(form, "user", user, sizeof(user)) ||
		!form_field(form, "number", number, sizeof(number)) ||
		!form_field(form, "items", items, sizeof(items)))
		return SHOP_UNKNOWN_ITEM;
	const struct tenant *found = tenant_by_index(0);
	for (unsigned i = 1; i < tenant_count() && strcmp(found->id, tenant) != 0; i++)
		found = tenant_by_index(i);
	customer_init(customer, found, (unsigned)strtoul(user, NULL, 10));
	order_init(order, customer, (unsigned)strtoul(number, NULL, 10));
	return read_items(items, cart);
}

static int http_status(int result)
{
	switch (result) {
	case SHOP_OK:
		return 200;
	case SHOP_DECLINED:
		return 402;
	case SHOP_OUT_OF_STOCK:
		return 409;
	case SHOP_EMPTY_CART:
	case SHOP_UNKNOWN_ITEM:
	case SHOP_TOO_LARGE:
		return 422;
	case SHOP_PROVIDER_ERROR:
		return 502;
	default:
		return 500;
	}
}

static void handle_order(const struct web_request *request, struct web_response *response)
{
	struct customer customer;
	struct cart cart;
	struct order order = {0};
	int rc = read_order(request->body, &customer, &cart, &order);
	if (rc == SHOP_OK)
		rc = checkout_submit(orders, &cart, &order);
	web_answer(response, http_status(rc), "result=%s&order=%s&total=%" PRId64,
		shop_result_name(rc), order.id, order.price.total);
}

int serve(const char *port_file, const char *db)
{
	int rc = 1;
	if (database_open(db, &orders) == SHOP_OK)
		rc = web_serve("checkout", port_file, handle_order);
	sqlite3_close(orders);
	return rc;
}
