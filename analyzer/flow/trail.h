/* A trail: every op that runs on the way to one exit of a walk, in order. */
#ifndef OTEL_TIDY_FLOW_TRAIL_H
#define OTEL_TIDY_FLOW_TRAIL_H

#include "flow/walk.h"

struct trail {
	uint32_t nr;
	const uint32_t *ops; /* the exit's op is the last one */
};

/* False when the walk's branches do not lead to the exit: its function cannot be replayed. */
bool trail_of(struct program *p, struct func *f, const struct walk_exit *e, struct trail *out);

/* Where an op runs for the last time before position `before`; UINT32_MAX: not on the trail. */
uint32_t trail_position(const struct trail *t, uint32_t op, uint32_t before);

/* The op that made the value read by the op at position `at`: looks through copies and through
 * what the trail last stored into a place. `position`: where it ran. IR_NONE: not seen. */
ir_value trail_source(const struct trail *t, const struct values *v, ir_value value, uint32_t at,
	uint32_t *position);

#endif
