/* Plays a day in the shop: checkout --seed N --orders N --db FILE
 * Or serves it: checkout --port-file FILE [--db FILE] */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "catalog.h"
#include "checkout.h"
#include "flags.h"
#include "inventory.h"
#include "money.h"
#include "payment.h"
#include "service.h"

struct options {
	uint64_t seed;
	unsigned nr_orders;
	const char *db, *port_file;
};

/* What came of the orders of one tenant. */
struct tally {
	unsigned results[SHOP_NR_RESULTS];
	unsigned failed_under_v2;
};

/* xorshift64*: the same day for the same seed. */
static unsigned draw(uint64_t *state, unsigned below)
{
	*state ^= *state >> 12;
	*state ^= *state << 25;
	*state ^= *state >> 27;
	return (unsigned)((*state * UINT64_C(0x2545f4914f6cdd1d)) >> 33) % below;
}

static void fill_cart(uint64_t *random, struct cart *cart)
{
	static const int quantities[] = {1, 1, 1, 2, 2, 3, 5, 10};
	unsigned nr_lines = draw(random, 50) == 0 ? 0 : 1 + draw(random, 5);
	cart_init(cart);
	for (unsigned i = 0; i < nr_lines; i++) {
		const struct article *article = catalog_by_index(draw(random, catalog_size()));
		cart_add(cart, article->sku, quantities[draw(random, 8)]);
	}
	if (cart->nr_items > 1 && draw(random, 10) == 0)
		cart_remove(cart, cart->items[0].sku);
}

static int play(sqlite3 *db, const struct options *options, struct tally *tallies)
{
	uint64_t random = options->seed * UINT64_C(0x9e3779b97f4a7c15) + 1;
	for (unsigned n = 1; n <= options->nr_orders; n++) {
		unsigned tenant = draw(&random, tenant_count());
		struct customer customer;
		struct cart cart;
		struct order order;
		customer_init(&customer, tenant_by_index(tenant), 1 + draw(&random, 400));
		fill_cart(&random, &cart);
		order_init(&order, &customer, n);
		int rc = checkout_submit(db, &cart, &order);
		tallies[tenant].results[-rc]++;
		if (rc == SHOP_PROVIDER_ERROR && is_flag_enabled(FLAG_PAYMENT_V2, &customer))
			tallies[tenant].failed_under_v2++;
	}
	return SHOP_OK;
}

static int print_summary(sqlite3 *db, const struct tally *tallies)
{
	for (unsigned t = 0; t < tenant_count(); t++) {
		const struct tenant *tenant = tenant_by_index(t);
		char money[32];
		int count;
		int64_t sum;
		if (order_totals(db, tenant->id, &count, &sum) != SHOP_OK)
			return SHOP_DB_ERROR;
		money_format(sum, tenant->currency, money, sizeof(money));
		printf("%-9s %3d orders, %s", tenant->id, count, money);
		for (int i = 1; i < SHOP_NR_RESULTS; i++)
			if (tallies[t].results[i])
				printf(", %u %s", tallies[t].results[i], shop_result_name(-i));
		if (tallies[t].failed_under_v2)
			printf(" (%u under %s)", tallies[t].failed_under_v2, FLAG_PAYMENT_V2);
		printf("\n");
	}
	for (unsigned i = 0; i < catalog_size(); i++) {
		int left = 0;
		if (stock_level(db, catalog_by_index(i)->sku, &left) != SHOP_OK)
			return SHOP_DB_ERROR;
		printf("%s%s %d", i ? ", " : "in stock: ", catalog_by_index(i)->sku, left);
	}
	printf("\n");
	return SHOP_OK;
}

static bool read_options(int argc, char **argv, struct options *options)
{
	for (int i = 1; i < argc; i += 2) {
		char *end = "";
		const char *value = argv[i + 1];
		if (!value)
			return false;
		if (!strcmp(argv[i], "--seed"))
			options->seed = strtoull(value, &end, 10);
		else if (!strcmp(argv[i], "--orders"))
			options->nr_orders = (unsigned)strtoul(value, &end, 10);
		else if (!strcmp(argv[i], "--db"))
			options->db = value;
		else if (!strcmp(argv[i], "--port-file"))
			options->port_file = value;
		else
			return false;
		if (*end || !*value)
			return false;
	}
	return true;
}

int main(int argc, char **argv)
{
	struct options options = {.seed = 42, .nr_orders = 200, .db = ":memory:"};
	struct tally tallies[8] = {0};
	sqlite3 *db = NULL;
	if (!read_options(argc, argv, &options)) {
		fprintf(stderr, "usage: checkout [--seed N] [--orders N] [--db FILE]\n"
				"       checkout --port-file FILE [--db FILE]\n");
		return 2;
	}
	if (options.port_file)
		return serve(options.port_file, options.db);
	curl_global_init(CURL_GLOBAL_DEFAULT);
	int rc = database_open(options.db, &db);
	if (rc == SHOP_OK)
		rc = play(db, &options, tallies);
	if (rc == SHOP_OK)
		rc = print_summary(db, tallies);
	sqlite3_close(db);
	curl_global_cleanup();
	return rc == SHOP_OK ? 0 : 1;
}
