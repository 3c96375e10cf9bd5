/* The inventory service: the checkout's own reservations, behind HTTP, and a warehouse that may be
 * far away. Stock is filled up so high that no outcome depends on which of two orders came first.
 */
#include "inventory.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "order.h"
#include "payment.h"
#include "warehouse.h"
#include "web/web.h"

static sqlite3 *stock;
/* A database connection has one transaction. */
static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;

/* "MUG:2,LAMP:1" */
static bool read_items(const char *items, struct cart *cart)
{
	cart_init(cart);
	while (*items) {
		char sku[16], *end;
		size_t n = strcspn(items, ":");
		if (!items[n] || n >= sizeof(sku))
			return false;
		snprintf(sku, sizeof(sku), "%.*s", (int)n, items);
		long quantity = strtol(items + n + 1, &end, 10);
		if (cart_add(cart, sku, (int)quantity) != SHOP_OK)
			return false;
		items = *end == ',' ? end + 1 : end;
	}
	return true;
}

static void wait_for_goods(const char *order_id)
{
	int ms = warehouse_wait_ms(order_id);
	struct timespec wait = {.tv_nsec = ms * 1000000L};
	if (!ms)
		return;
	web_label("app.warehouse", "far");
	nanosleep(&wait, NULL);
}

static int reserve(const char *form, struct order *order)
{
	char items[WEB_MAX_BODY];
	struct cart cart;
	if (!form_field(form, "items", items, sizeof(items)) || !read_items(items, &cart))
		return SHOP_UNKNOWN_ITEM;
	wait_for_goods(order->id);
	pthread_mutex_lock(&turn);
	int rc = reserve_inventory(stock, order, &cart);
	pthread_mutex_unlock(&turn);
	return rc;
}

static int release(const struct order *order)
{
	pthread_mutex_lock(&turn);
	int rc = release_inventory(stock, order->id);
	pthread_mutex_unlock(&turn);
	return rc;
}

static void handle(const struct web_request *request, struct web_response *response)
{
	struct order order = {0};
	int rc = SHOP_UNKNOWN_ITEM;
	if (!form_field(request->body, "order", order.id, sizeof(order.id)))
		rc = SHOP_UNKNOWN_ITEM;
	else if (!strcmp(request->path, "/reserve"))
		rc = reserve(request->body, &order);
	else if (!strcmp(request->path, "/release"))
		rc = release(&order);
	int status = rc == SHOP_OK ? 200 : rc == SHOP_OUT_OF_STOCK ? 409 : 500;
	web_answer(response, status, "result=%s", shop_result_name(rc));
}

int main(int argc, char **argv)
{
	int rc = 1;
	unsetenv("INVENTORY_URL"); /* that is this one */
	if (database_open(":memory:", &stock) == SHOP_OK &&
		database_run(stock, "UPDATE stock SET on_hand = 1000000000") == SHOP_OK)
		rc = web_main(argc, argv, "inventory", handle);
	sqlite3_close(stock);
	return rc;
}
