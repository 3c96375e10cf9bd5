/* Counts spans by function, before a change and after it. */
#include "engine/gains.h"

#include "flow/spans.h"
#include "flow/verdict.h"

/* Its own starts: a call of a helper that starts a span counts as one, the helper's own does not
 * once it is called. */
static uint32_t nr_spans(const struct func *f)
{
	return (f->ir->flags & (IR_FUNC_SYSTEM | IR_FUNC_TEMPLATE)) ? 0 : f->nr_sites;
}

static const char *key_of(struct arena *a, const struct program *p, const struct func *f)
{
	return arena_printf(a, "%s\n%s", f->ir->name, program_file(p, &f->ir->loc));
}

/* How many spans each function had: by name and file, and by name alone for those that moved. */
static void count_before(struct arena *a, const struct program *before, struct map *counts)
{
	map_init(counts, a);
	for (size_t i = 0; i < before->funcs.nr; i++) {
		const struct func *f = before->funcs.at[i];
		const char *names[] = {key_of(a, before, f), f->ir->name};
		for (size_t k = 0; k < 2; k++) {
			void **slot = map_slot(counts, names[k]);
			uintptr_t nr = nr_spans(f);
			if (nr > (uintptr_t)*slot)
				*slot = (void *)nr;
		}
	}
}

static uint32_t had(
	struct arena *a, const struct program *p, const struct func *f, const struct map *counts)
{
	const void *here = map_get(counts, key_of(a, p, f));
	const void *anywhere = map_get(counts, f->ir->name);
	return (uint32_t)(uintptr_t)(here ? here : anywhere);
}

static struct gain gain_of(struct func *f)
{
	struct gain g = {.func = f, .site = &f->sites[0]};
	for (uint32_t i = 0; i < f->nr_sites; i++) {
		enum worth worth = f->sites[i].verdict->worth;
		g.deserves |= worth == WORTH_DESERVED;
		if (worth_is_too_much(worth) && !g.is_too_much) {
			g.is_too_much = true;
			g.site = &f->sites[i];
		}
	}
	g.is_too_much &= !g.deserves;
	return g;
}

void gains_find(const struct program *p, struct arena *a, struct gains *out)
{
	struct map counts;
	*out = (struct gains){0};
	if (!p->before)
		return;
	count_before(a, p->before, &counts);
	for (size_t i = 0; i < p->funcs.nr; i++) {
		struct func *f = p->funcs.at[i];
		if (nr_spans(f) <= had(a, p, f, &counts))
			continue;
		struct gain g = gain_of(f);
		out->nr_deserved += g.deserves;
		out->nr_too_much += g.is_too_much;
		vec_push(a, &out->all, g);
	}
}
