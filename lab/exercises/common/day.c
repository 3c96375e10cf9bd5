/* SPDX-License-Identifier: Apache-2.0 */
/* A day in the shop, the same for the same seed: day ORDERS SEED [gateway]. Of every 25 orders
 * about one is declined, of every 50 about one takes longer than a second. Nobody waits for them:
 * spans get the times that a real day would have given them. With "gateway" the orders come from
 * one that begins their traces, so that trace ids are the same each day as well. Prints what really
 * happened. */
#include <otel-tidy/annotations.h>
#include <stdio.h>
#include <stdlib.h>

#include "shop.h"

/* xorshift64*: the same day for the same seed. */
static unsigned draw(uint64_t *state, unsigned below)
{
	*state ^= *state >> 12;
	*state ^= *state << 25;
	*state ^= *state >> 27;
	return (unsigned)((*state * UINT64_C(0x2545f4914f6cdd1d)) >> 33) % below;
}

struct outcome {
	unsigned char trace_id[16], gateway_id[8];
	bool has_gateway;
	uint64_t start_ns, end_ns;
	int rc;
};

static void draw_id(uint64_t *state, unsigned char *id, int n)
{
	for (int i = 0; i < n; i++)
		id[i] = (unsigned char)draw(state, 256);
}

static int charge(const struct outcome *outcome)
{
	ctel_span *span = ctel_span_enter_with(tracer(), "charge card",
		&(ctel_start){.kind = CTEL_CLIENT, .start_ns = outcome->start_ns + 2000000});
	if (outcome->rc != 0)
		ctel_span_error(span, "card_declined", NULL);
	ctel_span_end_at(span, outcome->end_ns - 1000000);
	return outcome->rc;
}

OTEL_CRITICAL_PATH("checkout.place_order", "tenant.id")
static int place_order(const char *tenant, const struct outcome *outcome)
{
	CTEL_CTX(gateway, outcome->has_gateway ? ctel_ctx_make(outcome->trace_id,
							 outcome->gateway_id, 1, NULL, true)
					       : (ctel_ctx){0});
	ctel_span *span = ctel_span_enter_with(tracer(), "place order",
		&(ctel_start){
			.parent = &gateway, .kind = CTEL_SERVER, .start_ns = outcome->start_ns});
	ctel_set(span, "tenant.id", tenant);
	int rc = charge(outcome);
	if (rc != 0)
		ctel_span_error(span, "card_declined", NULL);
	ctel_span_end_at(span, outcome->end_ns);
	return rc;
}

int main(int argc, char **argv)
{
	static const char *const tenants[] = {"acme", "globex", "initech"};
	int nr = argc > 1 ? atoi(argv[1]) : 400, nr_failed = 0, nr_slow = 0;
	uint64_t random =
		(argc > 2 ? strtoull(argv[2], NULL, 10) : 42) * UINT64_C(0x9e3779b97f4a7c15) + 1;
	shop_open("checkout");
	for (int i = 0; i < nr; i++) {
		const char *tenant = tenants[draw(&random, 3)];
		bool is_failed = draw(&random, 25) == 0,
		     is_slow = !is_failed && draw(&random, 50) == 0;
		unsigned ms = is_slow ? 1200 + draw(&random, 800) : 15 + draw(&random, 30);
		uint64_t now = ctel_now_ns();
		struct outcome outcome = {.has_gateway = argc > 3,
			.start_ns = now - ms * UINT64_C(1000000),
			.end_ns = now,
			.rc = is_failed ? -2 : 0};
		draw_id(&random, outcome.trace_id, 16);
		draw_id(&random, outcome.gateway_id, 8);
		nr_failed += place_order(tenant, &outcome) != 0;
		nr_slow += is_slow;
	}
	printf("%d orders, %d failed, %d slow\n", nr, nr_failed, nr_slow);
	return shop_close();
}
