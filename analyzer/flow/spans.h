/* Every place where the program starts a span, and what becomes of that span. */
#ifndef OTEL_TIDY_FLOW_SPANS_H
#define OTEL_TIDY_FLOW_SPANS_H

#include "flow/walk.h"

struct verdict;

struct span_site {
	uint32_t op; /* the start call */
	const struct call *call;
	ir_value name_value; /* the name's value, or IR_NONE when a wrapper decides it alone */
	const char *name;    /* constant name, or NULL */
	bool is_internal;    /* kind INTERNAL, or none said */
	bool is_automatic;   /* ends when its handle is destroyed */
	bool is_discarded;   /* nobody keeps what the start returns */
	bool is_local;       /* ended in this function on every path that returns */
	struct walk *walk;
	struct verdict *verdict; /* flow/verdict.h: does it deserve to exist? */
};

/* Fills func->sites of every function. After cost_compute. */
void spans_find(struct program *p);
/* A span as one function sees it: it starts it, or is handed it as an argument. Begin with the
 * program and zeroes; every span of our own code whose walk is complete comes once. */
struct span_view {
	struct program *program;
	struct func *func;
	const struct span_site *site; /* NULL: an argument */
	uint32_t param;               /* index into ir->vars when it is one */
	uint32_t place; /* a path behind that argument, `job->span`; NO_PATH: it is the handle */
	const struct walk *walk;
	size_t at_func; /* where the next one is looked for */
	uint32_t at;
};
bool spans_next(struct span_view *v);
/* Where the function has it from, and what messages call it. */
const struct ir_loc *span_view_loc(const struct span_view *v);
const char *span_view_title(const struct span_view *v, struct arena *a);

/* "span "place order"" or "the span": how messages call it. */
const char *span_title(const struct span_site *s, struct arena *a);

#endif
