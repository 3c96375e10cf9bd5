/* Summaries: what a function of the program does to spans, seen from its callers. Computed on
 * demand, once; a function that is being summarised right now (recursion) answers "unknown". */
#ifndef OTEL_TIDY_FLOW_SUMMARY_H
#define OTEL_TIDY_FLOW_SUMMARY_H

#include "flow/program.h"

enum fate {
	FATE_UNKNOWN, /* kept, passed on, ended on some paths only, or not understood */
	FATE_USED,    /* comes back as it went: still open, still the caller's */
	FATE_ENDED,   /* ended on every path that returns */
};

struct walk;

struct key_set {
	const char **at;
	size_t nr;
	bool has_unknown; /* keys beyond these may be set */
};

struct param_summary {
	enum fate fate;
	struct key_set keys; /* set on every path that returns */
	bool may_set_error;
	bool sets_error;         /* on every path that returns */
	bool is_guarded;         /* a method that does nothing to an object without a span */
	bool clears;             /* leaves NULL in the place on every path that returns */
	const struct walk *walk; /* of the parameter; NULL while it is not known */
};

struct return_summary {
	bool is_span;        /* returns a span that it started and that the caller owns */
	bool may_fail;       /* NULL is possible */
	bool is_active;      /* and made it current */
	struct key_set keys; /* already on it */
};

/* `int begin(span **out)`, `int op_start(struct op *op)`: a function that starts a span and leaves
 * it with its caller. */
struct out_summary {
	bool is_span;
	uint32_t param;    /* index into ir->vars */
	const char *field; /* of the record it points to; NULL: it points to the handle */
	uint32_t ok;       /* signs of the result when it has */
	uint32_t failed;   /* and when it has not: none of them is in both; 0: it always has */
	struct key_set keys;
};

/* For parameter k as in ir->vars (a method's `this` is 0). */
const struct param_summary *summary_param(struct program *p, struct func *f, uint32_t k);
/* For what parameter k points to, or a field of that ("record::field", NULL: the whole). */
const struct param_summary *summary_place(
	struct program *p, struct func *f, uint32_t k, const char *field);
const struct return_summary *summary_return(struct program *p, struct func *f);
const struct out_summary *summary_out(struct program *p, struct func *f);
/* Keys that a constructor or method of a class that stands for a span (flow/classes.h) puts on the
 * span that it starts. */
const struct key_set *summary_made(struct program *p, struct func *f);
/* Keys that a call sets on whatever span is current, on every path that returns. */
const struct key_set *summary_current(struct program *p, struct func *f);

#endif
