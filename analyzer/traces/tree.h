/* A trace as a text that is the same for each run of the same program: no ids, no times. */
#ifndef OTEL_TIDY_TRACES_TREE_H
#define OTEL_TIDY_TRACES_TREE_H

#include "base/str.h"
#include "traces/trace.h"

struct tree_options {
	bool keys_only; /* keys of attributes without their values */
};

void trace_tree(struct strbuf *out, const struct trace *t, const struct tree_options *options);

#endif
