/* The way of a cart through the shop. */
#ifndef CHECKOUT_H
#define CHECKOUT_H

#include "order.h"

/* Prices, reserves, charges, stores: an order, or nothing left behind. */
int place_order(sqlite3 *db, const struct cart *cart, struct order *order);

/* What the front end calls. */
int checkout_submit(sqlite3 *db, const struct cart *cart, struct order *order);

#endif
