/* SQLite: the tables, and the few calls everything else is made of. */
#include "database.h"

#include <stdio.h>

#include "catalog.h"

static const char schema[] =
	"CREATE TABLE IF NOT EXISTS stock (sku TEXT PRIMARY KEY, on_hand INTEGER NOT NULL,"
	" reserved INTEGER NOT NULL DEFAULT 0, CHECK (reserved BETWEEN 0 AND on_hand));"
	"CREATE TABLE IF NOT EXISTS reservations (order_id TEXT NOT NULL, sku TEXT NOT NULL,"
	" quantity INTEGER NOT NULL, PRIMARY KEY (order_id, sku));"
	"CREATE TABLE IF NOT EXISTS orders (id TEXT PRIMARY KEY, tenant TEXT NOT NULL,"
	" customer TEXT NOT NULL, total INTEGER NOT NULL, payment TEXT NOT NULL, receipt TEXT);"
	"CREATE TABLE IF NOT EXISTS order_lines (order_id TEXT NOT NULL REFERENCES orders (id),"
	" sku TEXT NOT NULL, quantity INTEGER NOT NULL, price INTEGER NOT NULL);";

int database_run(sqlite3 *db, const char *sql)
{
	char *message = NULL;
	if (sqlite3_exec(db, sql, NULL, NULL, &message) == SQLITE_OK)
		return SHOP_OK;
	fprintf(stderr, "checkout: database: %s\n", message ? message : sqlite3_errmsg(db));
	sqlite3_free(message);
	return SHOP_DB_ERROR;
}

int database_prepare(sqlite3 *db, const char *sql, sqlite3_stmt **out)
{
	if (sqlite3_prepare_v2(db, sql, -1, out, NULL) == SQLITE_OK)
		return SHOP_OK;
	fprintf(stderr, "checkout: database: %s\n", sqlite3_errmsg(db));
	return SHOP_DB_ERROR;
}

int database_finish(sqlite3_stmt *statement)
{
	int rc = sqlite3_step(statement) == SQLITE_DONE ? SHOP_OK : SHOP_DB_ERROR;
	sqlite3_finalize(statement);
	return rc;
}

static int fill_stock(sqlite3 *db)
{
	for (unsigned i = 0; i < catalog_size(); i++) {
		const struct article *article = catalog_by_index(i);
		sqlite3_stmt *insert;
		const char *sql = "INSERT OR IGNORE INTO stock (sku, on_hand) VALUES (?, ?)";
		if (database_prepare(db, sql, &insert) != SHOP_OK)
			return SHOP_DB_ERROR;
		sqlite3_bind_text(insert, 1, article->sku, -1, SQLITE_STATIC);
		sqlite3_bind_int(insert, 2, article->stock);
		if (database_finish(insert) != SHOP_OK)
			return SHOP_DB_ERROR;
	}
	return SHOP_OK;
}

int database_open(const char *path, sqlite3 **out)
{
	if (sqlite3_open(path, out) != SQLITE_OK) {
		fprintf(stderr, "checkout: %s: %s\n", path, sqlite3_errmsg(*out));
		return SHOP_DB_ERROR;
	}
	int rc = database_run(*out, schema);
	return rc == SHOP_OK ? fill_stock(*out) : rc;
}
