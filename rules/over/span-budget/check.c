/* span-budget: more places for INTERNAL spans behind one entry point than a trace can bear. */
#include "engine/tell.h"
#include "flow/entries.h"
#include "flow/verdict.h"

#include <string.h>

void rule_span_budget(struct rule_run *run);

/* Ten is what the Instrumentation Score's SPA-001 allows a service in one trace. A command-line
 * program does all of its work in one go, and has room for more. */
#define BUDGET      10
#define BUDGET_MAIN 30
#define NAMED_FUNCS 3

struct count {
	uint32_t spans, too_much;
	const struct func *most[NAMED_FUNCS]; /* functions with most spans of their own */
};

static uint32_t internal_spans(const struct func *f)
{
	uint32_t nr = 0;
	for (uint32_t k = 0; k < f->nr_sites; k++)
		nr += f->sites[k].is_internal;
	return nr;
}

static void count(const struct program *p, const bool *reached, struct count *out)
{
	for (size_t i = 0; i < p->funcs.nr; i++) {
		const struct func *f = p->funcs.at[i];
		uint32_t nr = reached[i] ? internal_spans(f) : 0;
		if (!nr)
			continue;
		out->spans += nr;
		for (uint32_t k = 0; k < f->nr_sites; k++)
			out->too_much += worth_is_too_much(f->sites[k].verdict->worth);
		uint32_t at = NAMED_FUNCS;
		while (at > 0 && (!out->most[at - 1] || internal_spans(out->most[at - 1]) < nr))
			at--;
		if (at == NAMED_FUNCS)
			continue;
		memmove(&out->most[at + 1], &out->most[at],
			(NAMED_FUNCS - 1 - at) * sizeof(out->most[0]));
		out->most[at] = f;
	}
}

static void report(
	struct rule_run *run, const struct func *entry, uint32_t budget, const struct count *c)
{
	struct story story = {0};
	for (uint32_t i = 0; i < NAMED_FUNCS && c->most[i]; i++) {
		uint32_t nr = internal_spans(c->most[i]);
		story_add(run, &story, &c->most[i]->ir->loc, "%u of them in %s", nr,
			ir_simple_name(c->most[i]->ir->name));
	}
	const char *rest =
		c->too_much ? tell_text(run, ", and %u of them time next to nothing", c->too_much)
			    : "";
	tell(run, entry, &entry->ir->loc, "",
		tell_text(run, "%u INTERNAL spans can be started from %s, more than %u%s", c->spans,
			ir_simple_name(entry->ir->name), budget, rest),
		"a trace of this service has more spans than anybody reads, and each is paid for "
		"(Instrumentation Score SPA-001, SPA-005)",
		c->too_much
			? "start with the spans that the other rules of over/ name"
			: "keep the spans of the critical paths and of what leaves the process; "
			  "make attributes or events of the others",
		&story);
}

void rule_span_budget(struct rule_run *run)
{
	const struct program *p = run->program;
	const enum entry_kind *kinds = entries_find(p, run->scratch);
	for (size_t i = 0; i < p->funcs.nr; i++) {
		if (kinds[i] == ENTRY_NONE)
			continue;
		bool *reached = arena_array(run->scratch, bool, p->funcs.nr);
		struct count c = {0};
		uint32_t budget = kinds[i] == ENTRY_MAIN ? BUDGET_MAIN : BUDGET;
		entries_reach(p, p->funcs.at[i], reached, run->scratch);
		count(p, reached, &c);
		if (c.spans > budget)
			report(run, p->funcs.at[i], budget, &c);
	}
}
