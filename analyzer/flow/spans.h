/* Every place where the program starts a span, and what becomes of that span. */
#ifndef OTEL_TIDY_FLOW_SPANS_H
#define OTEL_TIDY_FLOW_SPANS_H

#include "flow/walk.h"

struct verdict;

struct span_site {
	uint32_t op;             /* the start call */
	const struct call *call;
	ir_value name_value;     /* the name's value, or IR_NONE when a wrapper decides it */
	const char *name;        /* constant name, or NULL */
	bool is_internal;        /* kind INTERNAL, or none said */
	bool is_automatic;       /* ends when its handle is destroyed */
	bool is_local;           /* ended in this function on every path that returns */
	struct walk *walk;
	struct verdict *verdict; /* flow/verdict.h: does it deserve to exist? */
};

/* Fills func->sites of every function. After cost_compute. */
void spans_find(struct program *p);
/* "span "place order"" or "the span": how messages call it. */
const char *span_title(const struct span_site *s, struct arena *a);

#endif
