/* What one op does to the state of a path: the heart of the span typestate. */
#ifndef OTEL_TIDY_FLOW_EFFECTS_H
#define OTEL_TIDY_FLOW_EFFECTS_H

#include "flow/walk.h"

struct effects {
	struct program *program;
	struct func *func;
	const struct values *values;
	const struct walk_query *query;
	struct walk *walk;   /* its table of keys grows here */
	uint32_t other_path; /* SCOPE: what holds the scope of query->other */
	uint32_t out_var;    /* OUT: the parameter */
	uint32_t out_path;   /* OUT: the place behind it */
	uint32_t cleared;    /* the place that the call before left NULL, or NO_PATH */
	bool has_fork;       /* the op that ran can also go another way: */
	struct state fork;
	bool *is_current; /* per path: holds the current span, by some store */
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

/* Is the value a handle on the subject, or the address of one? */
bool effects_carries(const struct effects *fx, const struct state *s, ir_value value);
/* Is the value a handle on the subject itself? */
bool effects_is_handle(const struct effects *fx, const struct state *s, ir_value value);
/* Does the subject end by itself when its last handle is destroyed? */
bool effects_ends_itself(const struct effects *fx, const struct state *s);
/* Can the start of the subject have failed? */
bool effects_start_may_fail(const struct effects *fx, const struct state *s);

/* Does the span of a start end by itself when its last handle is destroyed? */
bool call_ends_itself(struct program *p, struct func *f, const struct call *call);
/* Does a call start a span that its caller then owns: by model, by annotation, or because the
 * callee returns a span it started? */
bool call_starts_span(struct program *p, struct func *f, const struct call *call);

#endif
