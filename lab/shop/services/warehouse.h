/* The warehouse behind the inventory: most goods lie next door, some far away. */
#ifndef WAREHOUSE_H
#define WAREHOUSE_H

/* One order in this many waits for the far one. */
#define WAREHOUSE_FAR_ONE_IN 50
#define WAREHOUSE_FAR_MS     80

/* How long this order waits; the same for the same order, so that a day can be repeated. */
int warehouse_wait_ms(const char *order_id);

#endif
