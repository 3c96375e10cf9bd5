/* Stock, reserved for an order until it is shipped or given back. */
#ifndef INVENTORY_H
#define INVENTORY_H

#include "cart.h"
#include "database.h"

struct order;

/* All of the cart or nothing: SHOP_OUT_OF_STOCK when one article is short. */
int reserve_inventory(sqlite3 *db, const struct order *order, const struct cart *cart);
int release_inventory(sqlite3 *db, const char *order_id);
/* What is on hand and not reserved. */
int stock_level(sqlite3 *db, const char *sku, int *out);

#endif
