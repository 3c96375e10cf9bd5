/* One trace in memory: its spans as a tree, in an order to walk through. */
#ifndef OTEL_TIDY_TRACES_TRACE_H
#define OTEL_TIDY_TRACES_TRACE_H

#include "base/vec.h"
#include "traces/span.h"

struct trace_node {
	const struct trace_span *span;
	struct trace_node *parent; /* NULL: a root */
	struct trace_node *first_child, *next_sibling;
	uint32_t number; /* its place in the order */
	uint32_t depth;
	uint32_t nr_below; /* spans below it, in order behind it */
	bool is_orphan;    /* it names a parent that is not there */
	bool is_looped;    /* it is its own ancestor; cut here */
	bool is_twice;     /* an earlier span has its id */
};

struct trace {
	uint8_t id[16];
	uint64_t start, end;
	struct trace_node **order; /* each before its children, siblings by their start */
	size_t nr;
	size_t nr_errors;
	bool is_cut; /* it had more spans than are kept */
};

/* Builds the tree from spans in any order; all in the arena. `spans` are sorted. */
void trace_assemble(struct trace *t, struct arena *a, struct trace_span *spans, size_t nr);

#endif
