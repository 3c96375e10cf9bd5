/* SPDX-License-Identifier: Apache-2.0 */
/* The shop around the exercises: orders that come in, a stock, a payment provider. Nothing here is
 * to be changed; shop.c is as simple as it looks. */
#ifndef SHOP_H
#define SHOP_H

#include <ctel/ctel.h>

struct order {
	const char *id;     /* "o-1001" */
	const char *tenant; /* whose shop it came through: "acme", "globex", "initech" */
	const char *item;
	int pieces;
	int cents;
	const char *flag; /* the way to pay: "v1", or "v2" for those who try the new one */
	int account;      /* of the tenant at the payment provider */
};

/* Today's orders, the same every day. */
extern const struct order orders[];
extern const int nr_orders;

/* The tracer of the whole program. */
ctel_tracer *tracer(void);

/* Both take some milliseconds, as waiting does, and give 0 or a negative number. */
int stock_reserve(const struct order *order);      /* -1: not enough left */
int card_charge(const struct order *order);        /* -2: the provider declined */
int account_charge(int account, const char *flow); /* the same, for who has no order */
void stock_release(const struct order *order);

/* Starts and ends tracing; what OTEL_… and CTEL_FILE say is read from the environment. */
void shop_open(const char *service);
int shop_close(void); /* the exit code of the program */

/* One line for the customer: "o-1001 paid". */
void shop_print(const struct order *order, int rc);

#endif
