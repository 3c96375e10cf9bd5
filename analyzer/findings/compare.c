/* Pairs findings of two versions of a program. */
#include "findings/compare.h"

#include "base/map.h"
#include "base/str.h"

#include <stdint.h>

/* Findings of one key, in their order. */
struct crowd {
	VEC(size_t) at;
	size_t next; /* the first one that has no pair yet */
};

static const char *key_of(struct arena *a, const struct finding *f, bool with_file)
{
	const char *key = finding_key(a, f);
	return with_file ? arena_printf(a, "%s\n%s", key, f->place.file) : key;
}

static void pair(struct arena *a, const struct findings *before, const struct findings *after,
	bool *was, bool *is, bool with_file)
{
	struct map crowds;
	map_init(&crowds, a);
	for (size_t k = 0; k < before->all.nr; k++) {
		if (was[k])
			continue;
		void **slot = map_slot(&crowds, key_of(a, &before->all.at[k], with_file));
		if (!*slot)
			*slot = arena_new(a, struct crowd);
		struct crowd *crowd = *slot;
		vec_push(a, &crowd->at, k);
	}
	for (size_t i = 0; i < after->all.nr; i++) {
		struct crowd *crowd =
			is[i] ? NULL : map_get(&crowds, key_of(a, &after->all.at[i], with_file));
		if (crowd && crowd->next < crowd->at.nr)
			was[crowd->at.at[crowd->next++]] = is[i] = true;
	}
}

void findings_pair(const struct findings *before, const struct findings *after, bool *was, bool *is)
{
	struct arena scratch;
	arena_init(&scratch);
	pair(&scratch, before, after, was, is, true);
	pair(&scratch, before, after, was, is, false);
	arena_fini(&scratch);
}

void findings_compare(const struct findings *before, struct findings *after, struct findings *fixed)
{
	bool *was = arena_array(after->arena, bool, before->all.nr);
	bool *is = arena_array(after->arena, bool, after->all.nr);
	for (size_t k = 0; k < before->all.nr; k++)
		was[k] = before->all.at[k].is_suppressed;
	for (size_t i = 0; i < after->all.nr; i++)
		is[i] = after->all.at[i].is_suppressed && !after->all.at[i].is_accepted;
	findings_pair(before, after, was, is);
	for (size_t k = 0; k < before->all.nr; k++)
		if (!was[k])
			findings_add(fixed, before->all.at[k]);
	size_t kept = 0;
	for (size_t i = 0; i < after->all.nr; i++)
		if (!is[i] && !after->all.at[i].is_accepted)
			after->all.at[kept++] = after->all.at[i];
	after->all.nr = kept;
}
