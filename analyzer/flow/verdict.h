/* The question behind the over/ rules and behind the Fine Line: does this span deserve to exist?
 *
 * Each span gets one answer, so that one place gets one finding. Where several would fit, the
 * first in the order of the enum is given. */
#ifndef OTEL_TIDY_FLOW_VERDICT_H
#define OTEL_TIDY_FLOW_VERDICT_H

#include "flow/shape.h"
#include "flow/spans.h"

enum worth {
	WORTH_CALLBACK,  /* in a comparator, a hash, an allocator hook, a signal handler */
	WORTH_ACCESSOR,  /* of a getter, a setter, a predicate, an operator, a plain constructor */
	WORTH_WRAPPER,   /* around nothing but a call that has its own span */
	WORTH_TRIVIAL,   /* of a short function that reaches nothing that may wait */
	WORTH_IN_LOOP,   /* one for each item, and no item does anything that may wait */
	WORTH_DESERVED,  /* critical, marked, of another kind, or reaches what may wait */
	WORTH_UNDECIDED, /* cannot be known: nobody is told to remove it */
};

struct loop;
struct callback;

struct verdict {
	enum worth worth;
	enum shape shape;                /* ACCESSOR, TRIVIAL */
	const struct call *forwards_to;  /* WRAPPER */
	const struct callback *callback; /* CALLBACK: flow/callbacks.h */
};

/* A loop that makes one span for each item: at a start in the loop itself, or at a call of a
 * function that starts one. */
struct looped {
	struct func *func;
	const struct loop *loop;
	uint32_t op;                  /* the start, or the call */
	const struct func *callee;    /* whose span it is, or NULL */
	const struct span_site *site; /* the span */
	const struct cost *round;     /* what one round does */
};

struct verdicts {
	VEC(struct looped) looped;
};

/* Fills site->verdict of every span, and program->verdicts. After spans_find. */
void verdicts_find(struct program *p);
/* One of the answers that say a span is too much. */
bool worth_is_too_much(enum worth w);

/* True when the span covers the function's own work and nothing says it is wanted: it is INTERNAL,
 * begins and ends here, is not on a critical path, not marked OTEL_NOT_TRIVIAL, and the function is
 * not plumbing of the telemetry itself (propagation, providers). */
bool span_is_judged_by_work(const struct func *f, const struct span_site *s);

#endif
