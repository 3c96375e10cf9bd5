/* Durations in buckets: 32 to each power of two, so that a bucket is 3 % wide at most and its
 * middle is never off by 2 %. */
#include "base/quantile.h"

#include <stdlib.h>
#include <string.h>

#define SUB_BITS   5
#define NR_BUCKETS ((64 - SUB_BITS + 1) << SUB_BITS)

static unsigned bucket_of(uint64_t value)
{
	if (value < (1u << SUB_BITS))
		return (unsigned)value;
	unsigned power = 63 - (unsigned)__builtin_clzll(value);
	unsigned sub = (unsigned)(value >> (power - SUB_BITS)) & ((1u << SUB_BITS) - 1);
	return ((power - SUB_BITS + 1) << SUB_BITS) + sub;
}

static uint64_t middle_of(unsigned bucket)
{
	if (bucket < (1u << SUB_BITS))
		return bucket;
	unsigned power = (bucket >> SUB_BITS) + SUB_BITS - 1;
	uint64_t width = (uint64_t)1 << (power - SUB_BITS);
	uint64_t from = ((uint64_t)1 << power) + (bucket & ((1u << SUB_BITS) - 1)) * width;
	return from + width / 2;
}

static void use_buckets(struct quantile *q, struct arena *a)
{
	if (q->buckets)
		return;
	q->buckets = arena_array(a, uint32_t, NR_BUCKETS);
	for (uint64_t i = 0; i < q->nr; i++)
		q->buckets[bucket_of(q->values[i])]++;
}

void quantile_add(struct quantile *q, struct arena *a, uint64_t value)
{
	if (!q->buckets && q->nr < QUANTILE_EXACT) {
		if (q->nr == q->cap) {
			uint32_t cap = q->cap ? q->cap * 4 : 4;
			q->values = arena_grow(a, q->values, q->cap * sizeof(*q->values),
				cap * sizeof(*q->values));
			q->cap = cap;
		}
		q->values[q->nr++] = value;
		return;
	}
	use_buckets(q, a);
	q->buckets[bucket_of(value)]++;
	q->nr++;
}

void quantile_merge(struct quantile *q, struct arena *a, const struct quantile *from)
{
	if (!from->buckets) {
		for (uint64_t i = 0; i < from->nr; i++)
			quantile_add(q, a, from->values[i]);
		return;
	}
	use_buckets(q, a);
	for (unsigned i = 0; i < NR_BUCKETS; i++)
		q->buckets[i] += from->buckets[i];
	q->nr += from->nr;
}

static int compare(const void *left, const void *right)
{
	uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;
	return a < b ? -1 : a > b;
}

uint64_t quantile_at(const struct quantile *q, double p)
{
	if (!q->nr)
		return 0;
	double exact = p * (double)q->nr;
	uint64_t rank = (uint64_t)exact;
	rank += (double)rank < exact;
	rank = rank < 1 ? 1 : rank > q->nr ? q->nr : rank;
	if (!q->buckets) {
		uint64_t sorted[QUANTILE_EXACT];
		memcpy(sorted, q->values, q->nr * sizeof(*sorted));
		qsort(sorted, q->nr, sizeof(*sorted), compare);
		return sorted[rank - 1];
	}
	uint64_t seen = 0;
	for (unsigned i = 0; i < NR_BUCKETS; i++) {
		seen += q->buckets[i];
		if (seen >= rank)
			return middle_of(i);
	}
	return 0;
}
