/* Orders in the database, and their receipts. */
#include "order.h"

#include <stdarg.h>
#include <stdio.h>

#include "catalog.h"
#include "money.h"

#define RECEIPT_SIZE 2048

void order_init(struct order *order, const struct customer *customer, unsigned number)
{
	*order = (struct order){.customer = customer};
	snprintf(order->id, sizeof(order->id), "%s-%06u", customer->tenant->id, number);
}

static int save_head(sqlite3 *db, const struct order *order)
{
	const char *sql = "INSERT INTO orders (id, tenant, customer, total, payment)"
			  " VALUES (?, ?, ?, ?, ?)";
	sqlite3_stmt *insert;
	int rc = database_prepare(db, sql, &insert);
	if (rc != SHOP_OK)
		return rc;
	sqlite3_bind_text(insert, 1, order->id, -1, SQLITE_STATIC);
	sqlite3_bind_text(insert, 2, order->customer->tenant->id, -1, SQLITE_STATIC);
	sqlite3_bind_text(insert, 3, order->customer->id, -1, SQLITE_STATIC);
	sqlite3_bind_int64(insert, 4, order->price.total);
	sqlite3_bind_text(insert, 5, order->payment, -1, SQLITE_STATIC);
	return database_finish(insert);
}

static int save_line(sqlite3 *db, const char *order_id, const struct cart_item *item)
{
	const char *sql = "INSERT INTO order_lines (order_id, sku, quantity, price)"
			  " VALUES (?, ?, ?, ?)";
	sqlite3_stmt *insert;
	int rc = database_prepare(db, sql, &insert);
	if (rc != SHOP_OK)
		return rc;
	sqlite3_bind_text(insert, 1, order_id, -1, SQLITE_STATIC);
	sqlite3_bind_text(insert, 2, item->sku, -1, SQLITE_STATIC);
	sqlite3_bind_int(insert, 3, item->quantity);
	sqlite3_bind_int64(insert, 4, item_price(item));
	return database_finish(insert);
}

int save_order(sqlite3 *db, const struct order *order, const struct cart *cart)
{
	int rc = database_run(db, "BEGIN IMMEDIATE");
	if (rc != SHOP_OK)
		return rc;
	rc = save_head(db, order);
	for (int i = 0; i < cart->nr_items && rc == SHOP_OK; i++)
		rc = save_line(db, order->id, &cart->items[i]);
	if (rc == SHOP_OK)
		rc = database_run(db, "COMMIT");
	if (rc != SHOP_OK)
		database_run(db, "ROLLBACK");
	return rc;
}

/* Text that grows in a fixed buffer; what does not fit makes it too long for good. */
struct receipt {
	char text[RECEIPT_SIZE];
	size_t length;
};

static void print_line(
	struct receipt *receipt, const char *label, int64_t amount, const char *currency)
{
	char money[32];
	size_t room = sizeof(receipt->text) - receipt->length;
	money_format(amount, currency, money, sizeof(money));
	int n = snprintf(receipt->text + receipt->length, room, "%-28s %16s\n", label, money);
	if (n > 0 && (size_t)n < room)
		receipt->length += (size_t)n;
	else
		receipt->length = sizeof(receipt->text) - 1;
}

static void render_receipt(
	const struct order *order, const struct cart *cart, struct receipt *receipt)
{
	const char *currency = order->customer->tenant->currency;
	for (int i = 0; i < cart->nr_items; i++) {
		const struct cart_item *item = &cart->items[i];
		const struct article *article = catalog_find(item->sku);
		char label[48];
		snprintf(label, sizeof(label), "%d x %.24s", item->quantity,
			article ? article->title : item->sku);
		print_line(receipt, label, item_price(item), currency);
	}
	if (order->price.discount > 0)
		print_line(receipt, "discount", -order->price.discount, currency);
	print_line(receipt, "shipping", order->price.shipping, currency);
	print_line(receipt, "tax", order->price.tax, currency);
	print_line(receipt, "total", order->price.total, currency);
}

int issue_receipt(sqlite3 *db, const struct order *order, const struct cart *cart)
{
	struct receipt receipt = {.length = 0};
	sqlite3_stmt *update;
	render_receipt(order, cart, &receipt);
	if (receipt.length >= sizeof(receipt.text) - 1)
		return SHOP_TOO_LARGE;
	int rc = database_prepare(db, "UPDATE orders SET receipt = ? WHERE id = ?", &update);
	if (rc != SHOP_OK)
		return rc;
	sqlite3_bind_text(update, 1, receipt.text, (int)receipt.length, SQLITE_STATIC);
	sqlite3_bind_text(update, 2, order->id, -1, SQLITE_STATIC);
	return database_finish(update);
}

int order_totals(sqlite3 *db, const char *tenant, int *count, int64_t *sum)
{
	sqlite3_stmt *query;
	const char *sql = "SELECT count(*), coalesce(sum(total), 0) FROM orders WHERE tenant = ?";
	int rc = database_prepare(db, sql, &query);
	if (rc != SHOP_OK)
		return rc;
	sqlite3_bind_text(query, 1, tenant, -1, SQLITE_STATIC);
	rc = sqlite3_step(query) == SQLITE_ROW ? SHOP_OK : SHOP_DB_ERROR;
	*count = sqlite3_column_int(query, 0);
	*sum = sqlite3_column_int64(query, 1);
	sqlite3_finalize(query);
	return rc;
}
