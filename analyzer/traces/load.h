/* Traces out of the input, whole, in batches that fit into memory. */
#ifndef OTEL_TIDY_TRACES_LOAD_H
#define OTEL_TIDY_TRACES_LOAD_H

#include "traces/index.h"
#include "traces/names.h"
#include "traces/trace.h"

/* What one batch holds in bytes of JSON; in memory it is about as much again. */
#define BATCH_BYTES ((uint64_t)8 << 20)
/* Of one trace no more than this is kept. */
#define TRACE_BYTES ((uint64_t)128 << 20)

/* Reads the whole input into an index, and counts names unless `names` is NULL. */
void trace_load_index(struct trace_input *in, struct trace_index *ix, struct trace_names *names);
/* Calls `each` for the chosen traces in their order; what it is handed lives until it returns. */
void trace_load(struct trace_input *in, struct trace_index *ix, struct trace_rec *const *chosen,
	size_t nr, void (*each)(void *ctx, const struct trace *t), void *ctx);

#endif
