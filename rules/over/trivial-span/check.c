/* trivial-span: a span in a function that is short and reaches nothing that may wait. */
#include "base/str.h"
#include "engine/tell.h"
#include "flow/cost.h"
#include "flow/verdict.h"

#define NAMED_CALLEES 3

void rule_trivial_span(struct rule_run *run);

static const char *callees_text(struct rule_run *run, const struct cost *c)
{
	if (!c->nr_callees)
		return "that calls nothing";
	struct strbuf out;
	strbuf_init(&out, run->arena);
	strbuf_add(&out, "that calls only ");
	for (uint32_t i = 0; i < c->nr_callees && i < NAMED_CALLEES; i++) {
		bool is_last = i + 1 == c->nr_callees;
		strbuf_addf(&out, "%s%s", i == 0 ? "" : is_last ? " and " : ", ", c->callees[i]);
	}
	if (c->nr_callees > NAMED_CALLEES)
		strbuf_addf(&out, " and %u more", c->nr_callees - NAMED_CALLEES);
	strbuf_add(&out, ", none of which waits");
	return strbuf_str(&out);
}

static void report(struct rule_run *run, struct func *f, const struct span_site *s)
{
	const struct cost *c = f->cost;
	const char *work = c->stmts == 0 ? "with no work of its own"
					 : tell_text(run, "with %u line%s of work", c->stmts,
						   c->stmts == 1 ? "" : "s");
	const char *message = tell_text(run, "%s times %s, a function %s %s",
		span_title(s, run->arena), ir_simple_name(f->ir->name), work, callees_text(run, c));
	struct story story = {0};
	if (c->total > c->stmts)
		story_add(run, &story, &f->ir->loc, "%u lines of work with everything it calls",
			c->total);
	tell(run, f, &f->ir->ops[s->op].loc, s->name ? s->name : "", message,
		"a span costs more than this function does, and each one makes the spans that "
		"matter "
		"harder to see",
		"remove the span; if the result matters, set it as an attribute on the caller's "
		"span",
		&story);
}

void rule_trivial_span(struct rule_run *run)
{
	for (size_t i = 0; i < run->program->funcs.nr; i++) {
		struct func *f = run->program->funcs.at[i];
		for (uint32_t k = 0; k < f->nr_sites; k++)
			if (f->sites[k].verdict->worth == WORTH_TRIVIAL)
				report(run, f, &f->sites[k]);
	}
}
