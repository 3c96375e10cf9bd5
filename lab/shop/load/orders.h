/* The orders of a day, and what must come of them. */
#ifndef ORDERS_H
#define ORDERS_H

#include <stdbool.h>
#include <stdint.h>

struct planned {
	char form[512];
	char id[24]; /* as the checkout will call it */
	const char *tenant;
	bool is_flagged; /* pays through payment-flow-v2 */
	bool is_far;     /* its goods lie in the far warehouse */
};

/* Draws `nr` orders: the same ones for the same seed. */
void orders_plan(uint64_t seed, struct planned *orders, unsigned nr);

#endif
