/* Pairs findings of two versions of a program. */
#include "findings/compare.h"

#include "base/str.h"

static bool is_same(const struct finding *a, const struct finding *b)
{
	return str_eq(a->fingerprint, b->fingerprint);
}

static bool is_moved(const struct finding *a, const struct finding *b)
{
	return str_eq(a->rule, b->rule) && str_eq(a->function, b->function) &&
	       str_eq(a->subject, b->subject);
}

static void pair(const struct findings *before, const struct findings *after, bool *was, bool *is,
	bool (*match)(const struct finding *, const struct finding *))
{
	for (size_t i = 0; i < after->all.nr; i++)
		for (size_t k = 0; k < before->all.nr && !is[i]; k++)
			if (!was[k] && match(&before->all.at[k], &after->all.at[i]))
				was[k] = is[i] = true;
}

void findings_compare(const struct findings *before, struct findings *after, struct findings *fixed)
{
	bool *was = arena_array(after->arena, bool, before->all.nr);
	bool *is = arena_array(after->arena, bool, after->all.nr);
	for (size_t k = 0; k < before->all.nr; k++)
		was[k] = before->all.at[k].is_suppressed;
	for (size_t i = 0; i < after->all.nr; i++)
		is[i] = after->all.at[i].is_suppressed;
	pair(before, after, was, is, is_same);
	pair(before, after, was, is, is_moved);
	for (size_t k = 0; k < before->all.nr; k++)
		if (!was[k])
			findings_add(fixed, before->all.at[k]);
	size_t kept = 0;
	for (size_t i = 0; i < after->all.nr; i++)
		if (!is[i])
			after->all.at[kept++] = after->all.at[i];
	after->all.nr = kept;
}
