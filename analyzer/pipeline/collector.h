/* One Collector: its components and pipelines. */
#ifndef OTEL_TIDY_PIPELINE_COLLECTOR_H
#define OTEL_TIDY_PIPELINE_COLLECTOR_H

#include "pipeline/system.h"

/* Is it a Collector's configuration, or a part of one? */
bool collector_is_one(const struct yaml *root);
struct collector *collector_read(
	struct system *s, const struct yaml *root, const char *name, bool is_partial);
const struct component *collector_find(
	const struct collector *c, enum component_kind kind, const char *id);

/* What a component is called today: "span_metrics" for "spanmetrics"; the word itself otherwise. */
const char *component_today(enum component_kind kind, const char *type);

/* Does the pipeline carry traces? */
bool pipeline_is_traces(const struct pipeline *p);
/* The first use of a processor of this type, or NULL; *number is its place. */
const struct use *pipeline_find(const struct pipeline *p, const char *type, size_t *number);
/* Is it a component that keeps a part of the traces (probabilistic_sampler, tail_sampling …)? */
bool component_samples(const struct component *c);

#define for_each_pipeline(s, c, p)                                                                 \
	for (size_t ci_ = 0; ci_ < (s)->collectors.nr; ci_++)                                      \
		for (struct collector *c = (s)->collectors.at[ci_]; c; c = NULL)                   \
			for (size_t pi_ = 0; pi_ < c->pipelines.nr; pi_++)                         \
				for (struct pipeline *p = c->pipelines.at[pi_]; p; p = NULL)

#endif
