/* Which variables can still matter: those that some op mentions that can still be reached. Paths
 * through a function that differ only in what nobody will ask for again are one path. */
#ifndef OTEL_TIDY_FLOW_LIVE_H
#define OTEL_TIDY_FLOW_LIVE_H

#include "flow/state.h"

/* Per block a set of variables, in `a`. */
struct live {
	uint32_t words;
	uint64_t *sets;
};

void live_compute(struct live *l, struct arena *a, const struct values *v);
/* Forgets holders and facts of variables that no longer matter where `block` begins. */
void live_prune(const struct live *l, struct state *s, const struct values *v, uint32_t block);

#endif
