/* Keys and values: what a call writes onto spans or into baggage, one pair at a time. */
#ifndef OTEL_TIDY_FLOW_PAIRS_H
#define OTEL_TIDY_FLOW_PAIRS_H

#include "flow/values.h"

struct pair {
	uint32_t op;              /* the call in the function that was asked about */
	uint32_t at;              /* the op that names the pair: the call, an element, an insert */
	ir_value key;             /* or IR_NONE: a callee names it */
	const char *text;         /* the key, when it is one constant; else NULL */
	ir_value value;           /* or IR_NONE */
	enum model_effect effect; /* START, ATTRIBUTE, EVENT, EXCEPTION, LINK, BAGGAGE_SET */
	const struct model_call *model; /* the call that does it, here or further down */
	struct func *through;           /* the function of the program that does it for us */
	const struct pair *inner;       /* and its pair; NULL both: the call does it itself */
};

struct pairs {
	VEC(struct pair) all;
	bool has_unknown; /* there may be more, which we cannot read */
};

/* The pairs that a call sets by its model: a key and a value, several in a row, lists of pairs,
 * maps and arrays that were filled before; and those that a function of the program sets from
 * arguments it is given. Found once per call. A modelled call asks for no other function. */
const struct pairs *pairs_of(struct program *p, struct func *f, const struct call *call);

/* The parameter that a key is, unchanged: the callers of the function say it; -1: none. */
int pair_param(const struct values *v, ir_value key);

/* What was given before it was wrapped into views, variants and temporaries. */
ir_value pair_unwrap(const struct values *v, ir_value value);

#endif
