/* What the spans of each name cost: how many, how long, how many bytes. */
#ifndef OTEL_TIDY_TRACES_NAMES_H
#define OTEL_TIDY_TRACES_NAMES_H

#include "base/map.h"
#include "base/quantile.h"
#include "base/vec.h"
#include "traces/span.h"

/* Spans of further names share one entry; so many names are a finding of their own. */
#define NAMES_MAX 16384

struct trace_name {
	const char *service, *scope, *name;
	uint64_t nr, nr_errors, bytes;
	uint64_t total; /* nanoseconds; stays at the largest number when it does not fit */
	struct quantile durations;
	bool is_rest;
};

struct trace_names {
	struct arena arena;
	struct map by_key;
	VEC(struct trace_name *) all; /* in order of appearance */
	uint64_t nr_spans, bytes;
};

void trace_names_init(struct trace_names *names);
void trace_names_fini(struct trace_names *names);
void trace_names_add(struct trace_names *names, const struct trace_span *s);
/* The most spans first, then by service and name. */
void trace_names_sort(struct trace_names *names);

#endif
