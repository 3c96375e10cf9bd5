/* Asks each span of each trace, and counts. */
#include "traces/query_run.h"

#include <stdlib.h>
#include <string.h>

void query_answer_init(struct query_answer *answer, struct arena *a, const struct query *q)
{
	*answer = (struct query_answer){.arena = a, .query = q};
	map_init(&answer->by_values, a);
}

/* Values one behind the other; what is absent differs from what is empty. */
static const char *key_of(struct arena *a, const struct query *q, const char *const *values)
{
	struct strbuf b;
	strbuf_init(&b, a);
	for (size_t i = 0; i < q->by.nr; i++) {
		strbuf_add(&b, values[i] ? "=" : "-");
		strbuf_addf(&b, "%zu:%s", values[i] ? strlen(values[i]) : 0,
			values[i] ? values[i] : "");
	}
	return strbuf_str(&b);
}

static struct query_group *group_new(
	struct query_answer *answer, const char *key, const char *const *values)
{
	struct query_group *g = arena_new(answer->arena, struct query_group);
	g->is_rest = !values;
	if (values) {
		g->values = arena_array(answer->arena, const char *, answer->query->by.nr);
		for (size_t i = 0; i < answer->query->by.nr; i++)
			g->values[i] = values[i] ? arena_strdup(answer->arena, values[i]) : NULL;
	}
	map_put(&answer->by_values, arena_strdup(answer->arena, key), g);
	vec_push(answer->arena, &answer->groups, g);
	return g;
}

static void add_to_group(
	struct query_answer *answer, struct arena *scratch, const struct trace_node *n)
{
	const struct query *q = answer->query;
	const char **values = arena_array(scratch, const char *, q->by.nr);
	for (size_t i = 0; i < q->by.nr; i++)
		values[i] = query_value(scratch, &q->by.at[i], n);
	const char *key = key_of(scratch, q, values);
	struct query_group *g = map_get(&answer->by_values, key);
	if (!g && answer->groups.nr >= GROUPS_MAX) {
		g = map_get(&answer->by_values, "rest");
		if (!g)
			g = group_new(answer, "rest", NULL);
	} else if (!g) {
		g = group_new(answer, key, values);
	}
	g->nr_spans++;
	g->nr_traces += g->last_trace != answer->nr_traces;
	g->last_trace = answer->nr_traces;
}

static void add_match(struct query_answer *answer, const struct trace_node *n)
{
	const struct trace_span *s = n->span;
	if (answer->matches.nr >= MATCHES_MAX)
		return;
	struct query_match m = {.name = arena_strdup(answer->arena, s->name),
		.service = arena_strdup(answer->arena, s->service),
		.status = trace_status_name(s->status),
		.duration = trace_span_duration(s)};
	trace_id_hex(s->trace_id, m.trace);
	vec_push(answer->arena, &answer->matches, m);
}

void query_answer_add(struct query_answer *answer, const struct trace *t)
{
	struct arena scratch;
	bool has_matched = false;
	arena_init(&scratch);
	answer->nr_traces++;
	for (size_t i = 0; i < t->nr; i++) {
		const struct trace_node *n = t->order[i];
		if (!query_matches(answer->query, n))
			continue;
		has_matched = true;
		answer->nr_matched++;
		if (answer->query->by.nr)
			add_to_group(answer, &scratch, n);
		else if (!answer->query->is_count)
			add_match(answer, n);
		arena_reset(&scratch);
	}
	answer->nr_traces_matched += has_matched;
	arena_fini(&scratch);
}

static int compare_texts(const char *a, const char *b)
{
	if (!a || !b)
		return !b - !a;
	return strcmp(a, b);
}

static int compare(const void *left, const void *right, void *ctx)
{
	const struct query_group *a = *(struct query_group *const *)left;
	const struct query_group *b = *(struct query_group *const *)right;
	const struct query *q = ctx;
	if (a->is_rest || b->is_rest)
		return a->is_rest - b->is_rest;
	if (a->nr_spans != b->nr_spans)
		return a->nr_spans > b->nr_spans ? -1 : 1;
	for (size_t i = 0; i < q->by.nr; i++) {
		int order = compare_texts(a->values[i], b->values[i]);
		if (order)
			return order;
	}
	return 0;
}

void query_answer_finish(struct query_answer *answer)
{
	if (answer->groups.nr)
		qsort_r(answer->groups.at, answer->groups.nr, sizeof(*answer->groups.at), compare,
			(void *)answer->query);
}
