/* Medians and percentiles of a stream of durations in bounded memory: exact for the first few
 * hundred, and off by less than 2 % from then on. */
#ifndef OTEL_TIDY_BASE_QUANTILE_H
#define OTEL_TIDY_BASE_QUANTILE_H

#include "base/arena.h"

#include <stdint.h>

#define QUANTILE_EXACT 256

struct quantile {
	uint64_t *values;  /* the first ones, until there are too many */
	uint32_t *buckets; /* then how many fell where */
	uint64_t nr;
	uint32_t cap;
};

void quantile_add(struct quantile *q, struct arena *a, uint64_t value);
/* Adds what `from` has seen. */
void quantile_merge(struct quantile *q, struct arena *a, const struct quantile *from);
/* The value below which the share `p` (0 to 1) of all lies, nearest rank; 0 of none. */
uint64_t quantile_at(const struct quantile *q, double p);

#endif
