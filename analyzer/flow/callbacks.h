/* Functions that are handed over to be called back: which, where, and what for. */
#ifndef OTEL_TIDY_FLOW_CALLBACKS_H
#define OTEL_TIDY_FLOW_CALLBACKS_H

#include "flow/program.h"

struct callback {
	struct func *func;
	const struct model_callback *model;
	const struct func *where; /* hands it over; NULL: it is one by its name */
	uint32_t op;              /* the call or the store in `where` */
};

struct callbacks {
	VEC(struct callback) all; /* in the order of the program */
};

/* Fills program->callbacks. After program_link. */
void callbacks_find(struct program *p);
/* The first place that makes a function of `f` that is called very often or in a signal; or NULL.
 */
const struct callback *callback_hot(const struct program *p, const struct func *f);
/* "a comparator" */
const char *callback_name(enum model_callback_kind kind);

#endif
