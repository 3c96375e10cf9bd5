/* Counts by service, scope and name. */
#include "traces/names.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define KEY_MAX                                                                                    \
	1024 /* of what is compared; longer names differ in their beginning, or not at all */

void trace_names_init(struct trace_names *names)
{
	*names = (struct trace_names){.nr_spans = 0};
	arena_init(&names->arena);
	map_init(&names->by_key, &names->arena);
}

void trace_names_fini(struct trace_names *names)
{
	arena_fini(&names->arena);
}

static struct trace_name *name_of(struct trace_names *names, const struct trace_span *s)
{
	char key[KEY_MAX];
	snprintf(key, sizeof(key), "%.200s\x1f%.200s\x1f%s", s->service, s->scope, s->name);
	struct trace_name *n = map_get(&names->by_key, key);
	if (n)
		return n;
	bool is_rest = names->all.nr >= NAMES_MAX;
	if (is_rest)
		n = map_get(&names->by_key, "");
	if (n)
		return n;
	n = arena_new(&names->arena, struct trace_name);
	*n = (struct trace_name){.service = arena_strdup(&names->arena, is_rest ? "" : s->service),
		.scope = arena_strdup(&names->arena, is_rest ? "" : s->scope),
		.name = is_rest ? "(further names)"
				: arena_strndup(&names->arena, s->name, strnlen(s->name, KEY_MAX)),
		.is_rest = is_rest};
	map_put(&names->by_key, is_rest ? "" : arena_strdup(&names->arena, key), n);
	vec_push(&names->arena, &names->all, n);
	return n;
}

void trace_names_add(struct trace_names *names, const struct trace_span *s)
{
	struct trace_name *n = name_of(names, s);
	uint64_t duration = trace_span_duration(s);
	names->nr_spans++;
	names->bytes += s->bytes;
	n->nr++;
	n->nr_errors += s->status == STATUS_ERROR;
	n->bytes += s->bytes;
	n->total = n->total > UINT64_MAX - duration ? UINT64_MAX : n->total + duration;
	quantile_add(&n->durations, &names->arena, duration);
}

static int compare(const void *left, const void *right)
{
	const struct trace_name *a = *(struct trace_name *const *)left;
	const struct trace_name *b = *(struct trace_name *const *)right;
	if (a->is_rest != b->is_rest)
		return a->is_rest - b->is_rest;
	if (a->nr != b->nr)
		return a->nr > b->nr ? -1 : 1;
	int by_service = strcmp(a->service, b->service);
	int by_name = strcmp(a->name, b->name);
	return by_service ? by_service : by_name ? by_name : strcmp(a->scope, b->scope);
}

void trace_names_sort(struct trace_names *names)
{
	if (names->all.nr)
		qsort(names->all.at, names->all.nr, sizeof(*names->all.at), compare);
}
