/* Attribute keys that a call puts on the span of a path: part of flow/effects. */
#ifndef OTEL_TIDY_FLOW_ATTRIBUTES_H
#define OTEL_TIDY_FLOW_ATTRIBUTES_H

#include "flow/effects.h"
#include "flow/summary.h"

/* Keys that a callee is known to set. */
void attributes_add(struct effects *fx, struct state *s, const struct key_set *keys);
/* Keys that a modelled call names itself: one, several in a row, or a list. */
void attributes_apply(
	struct effects *fx, struct state *s, const struct model_call *m, const struct ir_op *op);

#endif
