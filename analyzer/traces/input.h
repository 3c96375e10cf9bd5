/* Files of traces, read as one long text as often as needed. */
#ifndef OTEL_TIDY_TRACES_INPUT_H
#define OTEL_TIDY_TRACES_INPUT_H

#include "base/vec.h"
#include "traces/otlp.h"

#define PROBLEMS_SHOWN 5 /* of one run; the rest is counted */

struct trace_file {
	const char *path;
	int fd;
	uint64_t base; /* where it begins in the long text */
	uint64_t size;
};

struct trace_problem {
	const char *file;
	unsigned line;   /* 0: the whole file */
	unsigned column; /* 0: the whole line */
	const char *text;
};

struct trace_input {
	struct arena *arena;
	VEC(struct trace_file) files;
	uint64_t size;
	uint64_t place; /* of the line that is being read, in the long text */
	VEC(struct trace_problem) problems;
	size_t nr_problems;       /* the ones that are not listed included */
	size_t nr_told;           /* listed problems that were printed already */
	VEC(uint64_t) bad_places; /* of lines that are known to be broken */
};

/* Opens the files; what cannot be read twice, a pipe for one, is copied into $TMPDIR. False with
 * `error`. */
bool trace_input_open(struct trace_input *in, struct arena *a, const char *const *paths, size_t nr,
	const char **error);
void trace_input_close(struct trace_input *in);
/* Hands on the spans of the lines that begin in [from, to]. A broken line is noted once, however
 * often it is read: by the first that needs what is broken in it. */
void trace_input_read(
	struct trace_input *in, uint64_t from, uint64_t to, const struct otlp_sink *sink);
/* Notes one more problem; texts are copied. */
void trace_input_problem(
	struct trace_input *in, const char *file, unsigned line, unsigned column, const char *text);

#endif
