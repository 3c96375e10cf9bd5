/* What a view of a trace shows: a row for each span, but one row for all of a noisy kind. */
#ifndef OTEL_TIDY_TRACES_ROWS_H
#define OTEL_TIDY_TRACES_ROWS_H

#include "traces/trace.h"

/* Noise is at least five spans, none with an error, that are
 * - of one name below one parent, without children, each shorter than a twentieth of the trace, or
 * - all that is below a span which is itself shorter than a fiftieth of it. */
#define NOISE_MIN    5
#define NOISE_SHARE  20
#define INSIDE_SHARE 50

struct trace_row {
	const struct trace_node *node;         /* the first one, when several are folded */
	VEC(const struct trace_node *) folded; /* empty, or all of them */
	uint64_t total;                        /* duration of all */
	uint32_t nr_inside;                    /* spans below it that have no rows */
};

struct trace_rows {
	struct trace_row **at;
	size_t nr;
	size_t nr_folded; /* spans that have no row of their own */
};

void trace_rows(struct trace_rows *rows, struct arena *a, const struct trace *t);

#endif
