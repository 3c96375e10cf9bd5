/* Scopes: the stretches in which a function makes a span or a context current, and how each is
 * left. A scope that is an object leaves by itself; a token has to be handed back. */
#ifndef OTEL_TIDY_FLOW_SCOPES_H
#define OTEL_TIDY_FLOW_SCOPES_H

#include "flow/walk.h"

struct scope_site {
	uint32_t op;       /* the call that activates */
	bool is_automatic; /* its destructor leaves it */
	bool is_discarded; /* nobody keeps it */
	uint32_t nr_open;  /* exits that leave it in force */
	uint32_t nr_left;  /* exits before which it was left, or handed to somebody else */
	bool is_handed_on; /* stored or passed somewhere on some path */
	const struct walk_exit *first_open; /* the one with the fewest branches, or NULL */
	const struct walk *walk;
};

/* In the order of their ops; computed anew on each call, in the program's arena. */
const struct scope_site *scopes_of(struct program *p, struct func *f, uint32_t *nr);
/* The walk of `a` that also knows when `b` is in force. */
const struct walk *scopes_walk_pair(
	struct program *p, struct func *f, const struct scope_site *a, const struct scope_site *b);

#endif
