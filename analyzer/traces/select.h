/* Which traces of an index are meant. */
#ifndef OTEL_TIDY_TRACES_SELECT_H
#define OTEL_TIDY_TRACES_SELECT_H

#include "traces/index.h"

struct trace_choice {
	const char *id;  /* the beginning of a trace id, or "" */
	bool is_slowest; /* the longest one of what is left */
	bool is_errors;  /* those with an error */
};

struct trace_chosen {
	struct trace_rec **at; /* by start */
	size_t nr;
};

/* False with `error` when the id is malformed, unknown, or fits several. */
bool trace_choose(struct trace_index *ix, struct arena *a, const struct trace_choice *choice,
	struct trace_chosen *out, const char **error);
/* Of those, the one to look at: the slowest with an error, or else the slowest. */
struct trace_rec *trace_most_interesting(const struct trace_chosen *chosen);

#endif
