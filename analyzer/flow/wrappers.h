/* The project's own wrappers of a tracing API, as the summaries understand them: what a model file
 * would have to say about each. */
#ifndef OTEL_TIDY_FLOW_WRAPPERS_H
#define OTEL_TIDY_FLOW_WRAPPERS_H

#include "flow/program.h"

struct wrapper {
	const struct func *func;
	struct model_call call; /* `match` is the function's name; positions as in models */
	const char *beyond;     /* what it does as well, and no model can say; NULL: nothing */
	const char *unsayable;  /* the same, of all that it does: `call` is of no use then */
};

struct wrappers {
	VEC(struct wrapper) all; /* by name; each name once */
};

/* Functions that can be called from elsewhere and start, end, keep or describe a span for their
 * callers. After program_link. */
void wrappers_find(struct program *p, struct arena *a, struct wrappers *out);

#endif
