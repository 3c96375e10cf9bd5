// A path, a query, a command; and a switch for everything.
#include <ctel/ctel.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct sqlite3;

int sqlite3_exec(struct sqlite3 *db, const char *sql, void *callback, void *arg, char **error);

static const char *tenant_of(ctel_ctx ctx)
{
	return ctel_baggage_get(ctx, "tenant.id"); // expect-step: baggage-as-authority "is read here"
}

FILE *tenant_file(ctel_ctx ctx)
{
	char path[256];

	snprintf(path, sizeof(path), "/var/lib/shop/%s/orders", tenant_of(ctx)); // expect-step: baggage-as-authority "is put into"
	return fopen(path, "r"); // expect: baggage-as-authority "becomes a path"
}

int tenant_orders(ctel_ctx ctx, struct sqlite3 *db)
{
	char query[256];

	snprintf(query, sizeof(query), "DELETE FROM orders WHERE tenant = '%s'", tenant_of(ctx));
	return sqlite3_exec(db, query, NULL, NULL, NULL); // expect: baggage-as-authority "becomes part of a query"
}

int tenant_hook(ctel_ctx ctx)
{
	return system(ctel_baggage_get(ctx, "hook")); // expect: baggage-as-authority "becomes a command"
}

bool may_delete(ctel_ctx ctx)
{
	const char *who = ctel_baggage_get(ctx, "user.kind");

	return who && strcmp(who, "admin") == 0; // expect: baggage-as-authority "decides about access"
}
