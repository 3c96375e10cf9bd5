/* Which traces there are: 48 bytes for each, and where in the input its spans stand. */
#ifndef OTEL_TIDY_TRACES_INDEX_H
#define OTEL_TIDY_TRACES_INDEX_H

#include "traces/input.h"

/* A million traces are 48 MiB of records, and a table of 8. Spans of later ones are counted, not
 * found again. */
#define TRACES_MAX (1u << 20)

struct trace_rec {
	uint8_t id[16];
	uint64_t start, end; /* of its earliest and its latest span */
	uint64_t bytes;
	uint32_t nr_spans, nr_errors;
	uint32_t batch; /* for who loads it: its number there + 1 */
};

/* Some lines one behind the other, and when their spans begin: a trace can only be in those that
 * its own time touches, in whichever file. */
#define PART_BYTES ((uint64_t)1 << 20)

struct trace_part {
	uint64_t from, to; /* places of its first and its last line */
	uint64_t earliest, latest;
};

struct trace_index {
	struct arena records, table;
	VEC(struct trace_rec) traces; /* in order of appearance */
	VEC(struct trace_part) parts;
	struct arena part_arena;
	uint32_t *slots; /* number + 1; 0 is free */
	size_t nr_slots;
	uint64_t nr_spans, nr_errors, bytes;
	uint64_t nr_spans_beyond; /* of traces beyond TRACES_MAX */
};

void trace_index_init(struct trace_index *ix);
void trace_index_fini(struct trace_index *ix);
void trace_index_add(struct trace_index *ix, const struct trace_span *s, uint64_t place);
struct trace_rec *trace_index_find(const struct trace_index *ix, const uint8_t id[16]);

#endif
