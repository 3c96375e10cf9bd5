/* Spans in files of OTLP JSON lines, one after the other. */
#ifndef SPANS_H
#define SPANS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct span {
	const char *trace_id;
	uint64_t start_ns, end_ns;
	bool is_error, is_root;
	size_t bytes; /* of its own text */
};

typedef void (*span_fn)(void *user, const struct span *span);

/* Calls `each` for every span of the file; the file's size, or -1 after a message. */
long spans_read(const char *path, span_fn each, void *user);

/* A trace by its id, made when it is new; NULL when memory is short. */
struct trace {
	char id[33];
	uint64_t start_ns, end_ns;
	unsigned nr_spans;
	bool is_error;
	double bytes;
};
struct traces {
	struct trace **slots;
	size_t nr, cap;
};
struct trace *traces_find(struct traces *traces, const char *id);
void traces_free(struct traces *traces);

#endif
