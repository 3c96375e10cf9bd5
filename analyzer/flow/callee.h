/* Calls of functions that no model describes: part of flow/effects. */
#ifndef OTEL_TIDY_FLOW_CALLEE_H
#define OTEL_TIDY_FLOW_CALLEE_H

#include "flow/effects.h"

/* The span, the address of its handle, or the record that holds it goes into the call. */
void callee_run(struct effects *fx, struct state *s, const struct call *call);
/* Does the function called end the span in argument k on every path? */
bool callee_ends(
	const struct effects *fx, const struct state *s, const struct call *call, uint32_t k);

#endif
