/* What one op does to the state of a path: the heart of the span typestate. */
#ifndef OTEL_TIDY_FLOW_EFFECTS_H
#define OTEL_TIDY_FLOW_EFFECTS_H

#include "flow/walk.h"

struct effects {
	struct program *program;
	struct func *func;
	const struct values *values;
	const struct walk_query *query;
	struct walk *walk; /* its table of keys grows here */
	bool *is_current;  /* per path: holds the current span, by some store */
};

enum effect_event { EVENT_NONE, EVENT_LOST, EVENT_RESTART };

void effects_init(struct effects *fx, struct program *p, struct func *f,
	const struct walk_query *query, struct walk *w);
/* The state in which the function begins. */
void effects_entry(struct effects *fx, struct state *s);
/* Runs any op but a terminator. */
enum effect_event effects_run(struct effects *fx, struct state *s, uint32_t op);
/* The function is left: a returned handle goes to the caller, handles with destructors end. */
void effects_return(struct effects *fx, struct state *s, uint32_t op);
/* Goes on into a branch; false when that branch cannot be taken. */
bool effects_assume(struct effects *fx, struct state *s, ir_value condition, bool is_true);

/* Does a call start a span that its caller then owns: by model, by annotation, or because the
 * callee returns a span it started? */
bool call_starts_span(struct program *p, struct func *f, const struct call *call);

#endif
