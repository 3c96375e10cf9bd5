/* Functions that only pass on: one call of a function that has a span of its own. */
#ifndef OTEL_TIDY_FLOW_FORWARD_H
#define OTEL_TIDY_FLOW_FORWARD_H

#include "flow/spans.h"

/* The call to which the function of this span does nothing but forward, under a span that says
 * nothing of its own; or NULL. The callee starts a span on each of its ways. */
const struct call *forward_of(struct program *p, struct func *f, const struct span_site *s);
/* The span that the callee starts on every way through it, or NULL. */
const struct span_site *forward_own_span(const struct func *callee);

#endif
