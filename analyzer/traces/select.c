/* Chooses traces. */
#include "traces/select.h"

#include "base/str.h"

#include <stdlib.h>
#include <string.h>

static int compare(const void *left, const void *right)
{
	const struct trace_rec *a = *(struct trace_rec *const *)left;
	const struct trace_rec *b = *(struct trace_rec *const *)right;
	if (a->start != b->start)
		return a->start < b->start ? -1 : 1;
	return memcmp(a->id, b->id, 16);
}

static bool is_slower(const struct trace_rec *a, const struct trace_rec *b)
{
	return a->end - a->start > b->end - b->start;
}

static bool check_id(
	struct arena *a, const struct trace_choice *choice, size_t nr, const char **error)
{
	if (nr > 1)
		*error = arena_printf(
			a, "%zu traces begin with %s; more digits tell which", nr, choice->id);
	else if (!nr)
		*error = arena_printf(a, "no trace begins with %s", choice->id);
	return nr == 1;
}

bool trace_choose(struct trace_index *ix, struct arena *a, const struct trace_choice *choice,
	struct trace_chosen *out, const char **error)
{
	char id[33], wanted[33] = "";
	size_t digits = strlen(choice->id);
	*out = (struct trace_chosen){.at = arena_array(a, struct trace_rec *, ix->traces.nr)};
	if (digits > 32 || choice->id[strspn(choice->id, "0123456789abcdefABCDEF")]) {
		*error = arena_printf(a, "a trace id is up to 32 hexadecimal digits, not \"%s\"",
			str_one_line(a, choice->id));
		return false;
	}
	for (size_t i = 0; i < digits; i++)
		wanted[i] = choice->id[i] > '9' ? (char)(choice->id[i] | 0x20) : choice->id[i];
	for (size_t i = 0; i < ix->traces.nr; i++) {
		struct trace_rec *t = &ix->traces.at[i];
		if (digits) {
			trace_id_hex(t->id, id);
			if (strncmp(id, wanted, digits) != 0)
				continue;
		}
		if (!choice->is_errors || t->nr_errors)
			out->at[out->nr++] = t;
	}
	if (digits && !check_id(a, choice, out->nr, error))
		return false;
	if (out->nr)
		qsort(out->at, out->nr, sizeof(*out->at), compare);
	for (size_t i = 1; choice->is_slowest && i < out->nr; i++)
		if (is_slower(out->at[i], out->at[0]))
			out->at[0] = out->at[i];
	if (choice->is_slowest && out->nr)
		out->nr = 1;
	return true;
}

struct trace_rec *trace_most_interesting(const struct trace_chosen *chosen)
{
	struct trace_rec *best = chosen->nr ? chosen->at[0] : NULL;
	for (size_t i = 1; i < chosen->nr; i++) {
		struct trace_rec *t = chosen->at[i];
		bool is_worse = t->nr_errors && !best->nr_errors;
		bool is_better = !t->nr_errors && best->nr_errors;
		if (is_worse || (!is_better && is_slower(t, best)))
			best = t;
	}
	return best;
}
