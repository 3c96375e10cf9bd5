/* Which customer sees which feature. */
#include "flags.h"

#include <string.h>

struct rollout {
	const char *flag;
	const char *tenant;
	unsigned percent; /* of the customers */
};

static const struct rollout rollouts[] = {
	{FLAG_PAYMENT_V2, "globex", 40},
	{FLAG_PAYMENT_V2, "initech", 100},
	{FLAG_BULK_PRICES, "acme", 100},
	{FLAG_BULK_PRICES, "umbrella", 50},
};

static bool is_in_rollout(const struct rollout *rollout, const struct customer *customer)
{
	return stable_hash(customer->hash) % 100 < rollout->percent;
}

bool is_flag_enabled(const char *flag, const struct customer *customer)
{
	for (size_t i = 0; i < sizeof(rollouts) / sizeof(rollouts[0]); i++) {
		const struct rollout *r = &rollouts[i];
		if (!strcmp(r->flag, flag) && !strcmp(r->tenant, customer->tenant->id))
			return is_in_rollout(r, customer);
	}
	return false;
}
