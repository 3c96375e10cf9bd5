/* What happens while a span is open. */
#ifndef OTEL_TIDY_FLOW_EXTENT_H
#define OTEL_TIDY_FLOW_EXTENT_H

#include "flow/spans.h"

/* Nothing but telemetry stands between the two ops, which are in one block. */
bool extent_is_empty(struct program *p, const struct func *f, uint32_t from, uint32_t to);
/* The span ends where it was started: nothing but telemetry happens in it on any way. */
bool extent_holds_nothing(struct program *p, const struct func *f, const struct span_site *s);
/* Both spans begin together and end together on every way, and something happens in between. */
bool extent_is_same(struct program *p, struct func *f, const struct span_site *outer,
	const struct span_site *inner);

#endif
