/* An order, from its number to its receipt. */
#ifndef ORDER_H
#define ORDER_H

#include "database.h"
#include "pricing.h"

struct order {
	char id[24];
	const struct customer *customer;
	struct price price;
	char payment[48]; /* the provider's reference */
};

void order_init(struct order *order, const struct customer *customer, unsigned number);
/* The order and its lines, in one transaction. */
int save_order(sqlite3 *db, const struct order *order, const struct cart *cart);
/* Writes the receipt and stores it with the order. */
int issue_receipt(sqlite3 *db, const struct order *order, const struct cart *cart);
/* How many orders of a tenant are stored, and their sum. */
int order_totals(sqlite3 *db, const char *tenant, int *count, int64_t *sum);

#endif
