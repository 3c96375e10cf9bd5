/* Reservations: in one transaction each here, or by the inventory service of INVENTORY_URL. */
#include "inventory.h"

#include <stdio.h>
#include <stdlib.h>

#include <otel-tidy/annotations.h>

#include "order.h"
#include "tracing.h"
#include "web/web.h"

/* Takes the article's pieces if there are enough. */
static int reserve_item(sqlite3 *db, const char *order_id, const struct cart_item *item)
{
	const char *take = "UPDATE stock SET reserved = reserved + ?1"
			   " WHERE sku = ?2 AND on_hand - reserved >= ?1";
	const char *note = "INSERT INTO reservations (order_id, sku, quantity) VALUES (?, ?, ?)";
	sqlite3_stmt *statement;
	if (database_prepare(db, take, &statement) != SHOP_OK)
		return SHOP_DB_ERROR;
	sqlite3_bind_int(statement, 1, item->quantity);
	sqlite3_bind_text(statement, 2, item->sku, -1, SQLITE_STATIC);
	if (database_finish(statement) != SHOP_OK)
		return SHOP_DB_ERROR;
	if (sqlite3_changes(db) == 0)
		return SHOP_OUT_OF_STOCK;
	if (database_prepare(db, note, &statement) != SHOP_OK)
		return SHOP_DB_ERROR;
	sqlite3_bind_text(statement, 1, order_id, -1, SQLITE_STATIC);
	sqlite3_bind_text(statement, 2, item->sku, -1, SQLITE_STATIC);
	sqlite3_bind_int(statement, 3, item->quantity);
	return database_finish(statement);
}

/* The inventory service's answer to a form. */
static int ask_service(const char *path, const char *form)
{
	char url[256];
	struct web_response response;
	snprintf(url, sizeof(url), "%s%s", getenv("INVENTORY_URL"), path);
	if (web_post(url, form, &response) != 0)
		return SHOP_DB_ERROR;
	if (response.status == 409)
		return SHOP_OUT_OF_STOCK;
	return response.status == 200 ? SHOP_OK : SHOP_DB_ERROR;
}

static bool has_service(void)
{
	const char *url = getenv("INVENTORY_URL");
	return url && *url;
}

/* "order=…&items=MUG:2,LAMP:1" */
static int reserve_there(const struct order *order, const struct cart *cart)
{
	char form[64 + CART_MAX_ITEMS * 32];
	int n = snprintf(form, sizeof(form), "order=%s&items=", order->id);
	for (int i = 0; i < cart->nr_items; i++)
		n += snprintf(form + n, sizeof(form) - (size_t)n, "%s%s:%d", i ? "," : "",
			cart->items[i].sku, cart->items[i].quantity);
	return ask_service("/reserve", form);
}

static int reserve_here(sqlite3 *db, const struct order *order, const struct cart *cart)
{
	int rc = database_run(db, "BEGIN IMMEDIATE");
	if (rc != SHOP_OK)
		return rc;
	for (int i = 0; i < cart->nr_items && rc == SHOP_OK; i++)
		rc = reserve_item(db, order->id, &cart->items[i]);
	if (rc == SHOP_OK)
		rc = database_run(db, "COMMIT");
	if (rc != SHOP_OK)
		database_run(db, "ROLLBACK");
	return rc;
}

OTEL_CRITICAL_PATH("checkout.reserve_inventory", "tenant.id", "app.order.id", "app.cart.items?")
int reserve_inventory(sqlite3 *db, const struct order *order, const struct cart *cart)
{
	CTEL_SPAN(span, shop_tracer(), "reserve inventory");
	ctel_set(span, "tenant.id", order->customer->tenant->id);
	ctel_set(span, "app.order.id", order->id);
	ctel_set(span, "app.cart.items", cart_count(cart));
	int rc = has_service() ? reserve_there(order, cart) : reserve_here(db, order, cart);
	if (rc != SHOP_OK)
		ctel_span_error(span, shop_result_name(rc), NULL);
	return rc;
}

static int release_there(const char *order_id)
{
	char form[64];
	snprintf(form, sizeof(form), "order=%s", order_id);
	return ask_service("/release", form);
}

static int release_here(sqlite3 *db, const char *order_id)
{
	const char *give_back =
		"UPDATE stock SET reserved = reserved - (SELECT quantity FROM reservations r"
		" WHERE r.order_id = ?1 AND r.sku = stock.sku)"
		" WHERE sku IN (SELECT sku FROM reservations WHERE order_id = ?1)";
	const char *forget = "DELETE FROM reservations WHERE order_id = ?1";
	sqlite3_stmt *statement;
	int rc = database_run(db, "BEGIN IMMEDIATE");
	if (rc == SHOP_OK)
		rc = database_prepare(db, give_back, &statement);
	if (rc == SHOP_OK) {
		sqlite3_bind_text(statement, 1, order_id, -1, SQLITE_STATIC);
		rc = database_finish(statement);
	}
	if (rc == SHOP_OK)
		rc = database_prepare(db, forget, &statement);
	if (rc == SHOP_OK) {
		sqlite3_bind_text(statement, 1, order_id, -1, SQLITE_STATIC);
		rc = database_finish(statement);
	}
	database_run(db, rc == SHOP_OK ? "COMMIT" : "ROLLBACK");
	return rc;
}

int release_inventory(sqlite3 *db, const char *order_id)
{
	int rc = has_service() ? release_there(order_id) : release_here(db, order_id);
	return rc;
}

int stock_level(sqlite3 *db, const char *sku, int *out)
{
	sqlite3_stmt *query;
	int rc = database_prepare(db, "SELECT on_hand - reserved FROM stock WHERE sku = ?", &query);
	if (rc != SHOP_OK)
		return rc;
	sqlite3_bind_text(query, 1, sku, -1, SQLITE_STATIC);
	if (sqlite3_step(query) != SQLITE_ROW) {
		sqlite3_finalize(query);
		return SHOP_UNKNOWN_ITEM;
	}
	*out = sqlite3_column_int(query, 0);
	sqlite3_finalize(query);
	return SHOP_OK;
}
