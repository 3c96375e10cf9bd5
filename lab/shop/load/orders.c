/* Draws a day's orders from a seed. */
#include "orders.h"

#include <stdio.h>
#include <string.h>

#include "catalog.h"
#include "flags.h"
#include "order.h"
#include "warehouse.h"

/* xorshift64* */
static unsigned draw(uint64_t *state, unsigned below)
{
	*state ^= *state >> 12;
	*state ^= *state << 25;
	*state ^= *state >> 27;
	return (unsigned)((*state * UINT64_C(0x2545f4914f6cdd1d)) >> 33) % below;
}

/* In percent. globex, whose payments fail under a flag, is a small tenant: a failure that everybody
 * meets needs no tracing to be found. */
static const struct tenant *draw_tenant(uint64_t *random)
{
	static const unsigned share[] = {45, 5, 25, 25};
	unsigned left = draw(random, 100), i = 0;
	while (i + 1 < tenant_count() && left >= share[i])
		left -= share[i++];
	return tenant_by_index(i);
}

static void draw_items(uint64_t *random, char *out, size_t size)
{
	static const int quantities[] = {1, 1, 1, 2, 2, 3, 5, 10};
	unsigned nr_lines = draw(random, 200) == 0 ? 0 : 1 + draw(random, 5);
	size_t n = 0;
	*out = '\0';
	for (unsigned i = 0; i < nr_lines && n < size; i++) {
		const struct article *article = catalog_by_index(draw(random, catalog_size()));
		n += (size_t)snprintf(out + n, size - n, "%s%s:%d", i ? "," : "", article->sku,
			quantities[draw(random, 8)]);
	}
}

void orders_plan(uint64_t seed, struct planned *orders, unsigned nr)
{
	uint64_t random = seed * UINT64_C(0x9e3779b97f4a7c15) + 1;
	for (unsigned i = 0; i < nr; i++) {
		struct planned *planned = &orders[i];
		const struct tenant *tenant = draw_tenant(&random);
		unsigned user = 1 + draw(&random, 400), number = i + 1;
		struct customer customer;
		struct order order;
		char items[256];
		customer_init(&customer, tenant, user);
		order_init(&order, &customer, number);
		draw_items(&random, items, sizeof(items));
		snprintf(planned->form, sizeof(planned->form),
			"tenant=%s&user=%u&number=%u&items=%s", tenant->id, user, number, items);
		memcpy(planned->id, order.id, sizeof(planned->id));
		planned->tenant = tenant->id;
		planned->is_flagged =
			!customer.is_guest && is_flag_enabled(FLAG_PAYMENT_V2, &customer);
		planned->is_far = warehouse_wait_ms(order.id) > 0;
	}
}
