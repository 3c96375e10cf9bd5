/* The answer to a query. */
#ifndef OTEL_TIDY_TRACES_QUERY_RUN_H
#define OTEL_TIDY_TRACES_QUERY_RUN_H

#include "base/map.h"
#include "traces/query.h"

#define GROUPS_MAX  100000 /* further combinations share one group */
#define MATCHES_MAX 1000   /* spans that are listed; further ones are counted */

struct query_group {
	const char **values; /* as many as the query groups by; NULL: the span has none */
	uint64_t nr_spans, nr_traces;
	uint64_t last_trace;
	bool is_rest; /* what did not fit; no values */
};

struct query_match {
	char trace[33];
	const char *name, *service, *status;
	uint64_t duration;
};

struct query_answer {
	struct arena *arena;
	const struct query *query;
	struct map by_values;
	VEC(struct query_group *) groups;
	VEC(struct query_match) matches;
	uint64_t nr_traces, nr_matched, nr_traces_matched;
};

void query_answer_init(struct query_answer *answer, struct arena *a, const struct query *q);
void query_answer_add(struct query_answer *answer, const struct trace *t);
/* Sorts groups: the most spans first. */
void query_answer_finish(struct query_answer *answer);
void query_answer_text(struct strbuf *out, const struct query_answer *answer, bool is_unicode);
void query_answer_json(struct strbuf *out, const struct query_answer *answer);

#endif
