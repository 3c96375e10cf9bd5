/* Folds noise. */
#include "traces/rows.h"

#include "base/map.h"
#include "base/str.h"

static bool may_be_noise(const struct trace *t, const struct trace_node *n)
{
	return !n->nr_below && n->parent && n->span->status != STATUS_ERROR &&
	       trace_span_duration(n->span) <= (t->end - t->start) / NOISE_SHARE;
}

/* Rows of spans whose like are folded; by place in the order. */
static struct trace_row **fold_siblings(struct arena *a, const struct trace *t)
{
	struct map by_name; /* place of the parent, service and name → row */
	struct trace_row **row_of = arena_array(a, struct trace_row *, t->nr);
	map_init(&by_name, a);
	for (size_t i = 0; i < t->nr; i++) {
		const struct trace_node *n = t->order[i];
		if (!may_be_noise(t, n))
			continue;
		const char *key = arena_printf(
			a, "%u/%s/%s", n->parent->number, n->span->service, n->span->name);
		void **slot = map_slot(&by_name, key);
		if (!*slot)
			*slot = arena_new(a, struct trace_row);
		row_of[i] = *slot;
		vec_push(a, &row_of[i]->folded, n);
		row_of[i]->total += trace_span_duration(n->span);
	}
	return row_of;
}

/* Has the span, or one below it, an error? By place in the order. */
static bool *find_errors(struct arena *a, const struct trace *t)
{
	bool *has = arena_array(a, bool, t->nr);
	for (size_t i = t->nr; i-- > 0;) {
		const struct trace_node *n = t->order[i];
		has[i] |= n->span->status == STATUS_ERROR;
		if (n->parent)
			has[n->parent->number] |= has[i];
	}
	return has;
}

void trace_rows(struct trace_rows *rows, struct arena *a, const struct trace *t)
{
	struct trace_row **row_of = fold_siblings(a, t);
	bool *has_error = find_errors(a, t);
	*rows = (struct trace_rows){.at = arena_array(a, struct trace_row *, t->nr)};
	for (size_t i = 0; i < t->nr; i++) {
		const struct trace_node *n = t->order[i];
		struct trace_row *row = row_of[i];
		if (row && row->folded.nr >= NOISE_MIN) {
			if (row->folded.at[0] != n) {
				rows->nr_folded++;
				continue;
			}
		} else {
			row = arena_new(a, struct trace_row);
			row->total = trace_span_duration(n->span);
		}
		row->node = n;
		rows->at[rows->nr++] = row;
		if (n->nr_below >= NOISE_MIN && !has_error[i] && n->parent &&
			row->total <= (t->end - t->start) / INSIDE_SHARE) {
			row->nr_inside = n->nr_below;
			rows->nr_folded += n->nr_below;
			i += n->nr_below;
		}
	}
}
