/* A shop over HTTP with a database, and not a line of tracing: checkout takes orders and asks
 * payment for the money. Both are servers in this one program; main is the customer. */
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#include "web.h"

static sqlite3 *db;
static int payment_port;

static int in_stock(const char *item)
{
	sqlite3_stmt *query;
	int pieces = 0;
	sqlite3_prepare_v2(db, "SELECT pieces FROM stock WHERE item = ?", -1, &query, NULL);
	sqlite3_bind_text(query, 1, item, -1, SQLITE_STATIC);
	if (sqlite3_step(query) == SQLITE_ROW)
		pieces = sqlite3_column_int(query, 0);
	sqlite3_finalize(query);
	return pieces;
}

/* Account 7002 was never switched on for the new way to pay. */
static int payment(struct web_request *request)
{
	return web_number(request, "account") == 7002 && web_number(request, "flow") == 2 ? 402 : 200;
}

static int checkout(struct web_request *request)
{
	char form[64];
	if (in_stock(web_text(request, "item")) == 0)
		return 409;
	snprintf(form, sizeof(form), "account=%d&flow=%d", web_number(request, "account"),
		web_number(request, "flow"));
	return web_post(payment_port, "/pay", NULL, form);
}

int main(void)
{
	static const char *const orders[] = {"item=mug&account=7001&flow=1", "item=lamp&account=7002&flow=2"};
	sqlite3_open(":memory:", &db);
	sqlite3_exec(db, "CREATE TABLE stock (item, pieces)", NULL, NULL, NULL);
	sqlite3_exec(db, "INSERT INTO stock VALUES ('mug', 20), ('lamp', 3)", NULL, NULL, NULL);
	payment_port = web_serve(payment);
	int port = web_serve(checkout);
	for (int i = 0; i < 2; i++)
		printf("%s: %d\n", orders[i], web_post(port, "/checkout", NULL, orders[i]));
	web_stop();
	sqlite3_close(db);
	return 0;
}
