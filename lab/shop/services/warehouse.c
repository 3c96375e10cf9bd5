/* Which orders wait for the far warehouse. */
#include "warehouse.h"

#include <stdio.h>

#include "shop.h"

int warehouse_wait_ms(const char *order_id)
{
	char salted[64];
	snprintf(salted, sizeof(salted), "far/%s", order_id);
	return (stable_hash(salted) >> 16) % WAREHOUSE_FAR_ONE_IN == 0 ? WAREHOUSE_FAR_MS : 0;
}
