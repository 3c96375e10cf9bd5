/* mass-instrumentation: a change gives spans to many functions, and few of them deserve one. */
#include "base/str.h"
#include "engine/tell.h"
#include "flow/verdict.h"

void rule_mass_instrumentation(struct rule_run *run);

#define FLOOR      5 /* functions: what one may well add by hand in an afternoon */
#define MAX_LISTED 8

/* A function that has more spans than it had. */
struct gain {
	struct func *func;
	const struct span_site *site; /* the first one that is too much, or the first one */
	bool deserves, is_too_much;
};

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

static const char *worth_text(enum worth worth)
{
	static const char *const texts[] = {[WORTH_CALLBACK] = "a callback that runs all the time",
		[WORTH_ACCESSOR] = "reads or writes a field",
		[WORTH_WRAPPER] = "forwards to a function that has a span",
		[WORTH_TRIVIAL] = "is short and waits for nothing",
		[WORTH_IN_LOOP] = "makes one for each item"};
	return texts[worth];
}

static void report(struct rule_run *run, const struct gain *gains, size_t nr, size_t nr_deserved)
{
	struct story story = {0};
	const struct gain *first = NULL;
	size_t listed = 0;
	for (size_t i = 0; i < nr; i++) {
		const struct gain *g = &gains[i];
		if (!g->is_too_much)
			continue;
		first = first ? first : g;
		if (listed++ < MAX_LISTED)
			story_add(run, &story, &g->func->ir->ops[g->site->op].loc, "%s() %s",
				ir_simple_name(g->func->ir->name),
				worth_text(g->site->verdict->worth));
	}
	tell(run, NULL, &first->func->ir->ops[first->site->op].loc, "change",
		tell_text(run, "this change adds spans to %zu functions; %zu deserve%s one", nr,
			nr_deserved, nr_deserved == 1 ? "s" : ""),
		"traces grow by as many spans with every request, and what they say is how the "
		"code is cut into functions: the operations that matter drown in it",
		"keep the spans of operations that wait for something or that the business knows "
		"by "
		"name, take the others out again, and say so to whoever or whatever wrote them",
		&story);
}

void rule_mass_instrumentation(struct rule_run *run)
{
	struct program *p = run->program;
	struct map counts;
	VEC(struct gain) gains = {0};
	size_t nr_deserved = 0, nr_too_much = 0;
	if (!p->before)
		return;
	count_before(run->scratch, p->before, &counts);
	for (size_t i = 0; i < p->funcs.nr; i++) {
		struct func *f = p->funcs.at[i];
		if (nr_spans(f) <= had(run->scratch, p, f, &counts))
			continue;
		struct gain g = gain_of(f);
		nr_deserved += g.deserves;
		nr_too_much += g.is_too_much;
		vec_push(run->scratch, &gains, g);
	}
	if (gains.nr >= FLOOR && nr_too_much * 2 > gains.nr)
		report(run, gains.at, gains.nr, nr_deserved);
}
