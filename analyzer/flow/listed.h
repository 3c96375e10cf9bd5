/* Pairs out of what a call is handed as a whole: lists, maps, vectors, arrays. Part of flow/pairs.
 */
#ifndef OTEL_TIDY_FLOW_LISTED_H
#define OTEL_TIDY_FLOW_LISTED_H

#include "flow/pairs.h"

#define MAX_CONTAINERS 8

struct pair_finder {
	struct program *p;
	struct func *f;
	const struct values *v;
	struct pairs *out;
	struct pair base;              /* what all of them have in common */
	uint32_t seen[MAX_CONTAINERS]; /* paths of the containers that were read */
	uint32_t nr_seen;
	bool is_partial; /* a function that is just being read was asked for its pairs */
};

void pair_add(struct pair_finder *x, uint32_t at, ir_value key, ir_value value);
/* {{"key", value}, …} where it stands, or the container that was filled before. Whatever may hold
 * more than can be read sets has_unknown. */
void listed_pairs(struct pair_finder *x, ir_value list);

#endif
