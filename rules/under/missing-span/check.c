/* missing-span: a critical path with a way through it on which it owns no span. */
#include "engine/tell.h"
#include "flow/cost.h"
#include "flow/effects.h"

void rule_missing_span(struct rule_run *run);

/* All it does is call another function, and that one starts a span (or is critical itself). */
static bool forwards_to_span(const struct func *f)
{
	if (f->cost->stmts > 2 || f->cost->has_loop)
		return false;
	for (uint32_t i = 0; i < f->nr_calls; i++) {
		const struct func *callee = f->calls[i].callee;
		if (callee && (callee->critical || callee->nr_sites))
			return true;
	}
	return false;
}

/* A call that may hand over a span we cannot see: its result holds spans, its body is elsewhere. */
static bool may_get_span(struct program *p, const struct func *f)
{
	for (uint32_t i = 0; i < f->nr_calls; i++) {
		const struct call *call = &f->calls[i];
		if (call->model || call->callee)
			continue;
		const struct model_type *t = models_type(p->models, f->ir->ops[call->op].type);
		if (t && t->role == ROLE_SPAN)
			return true;
	}
	return false;
}

static const struct walk_exit *exit_without_span(const struct walk *w, bool *has_span)
{
	const struct walk_exit *best = NULL;
	*has_span = false;
	for (size_t i = 0; i < w->exits.nr; i++) {
		const struct walk_exit *e = &w->exits.at[i];
		*has_span |= e->phase != SPAN_BEFORE;
		if (e->kind != EXIT_RETURN || e->phase != SPAN_BEFORE)
			continue;
		/* a guard that leaves before anything was done needs no span */
		if (!(e->flags & STATE_WORKED))
			continue;
		if (!best || e->nr_hops < best->nr_hops)
			best = e;
	}
	return best;
}

static const char why[] =
	"what this business operation does is invisible: traces show the HTTP and "
	"database spans around it, and nothing that says what they were for";

static void check_one(struct rule_run *run, const struct critical *c)
{
	struct func *f = c->func;
	struct walk_query query = {.subject = WALK_FIRST};
	struct walk *w = walk_func(run->program, f, &query);
	if (!w->is_complete || may_get_span(run->program, f))
		return;
	bool has_span;
	const struct walk_exit *e = exit_without_span(w, &has_span);
	struct story story = {0};
	if (!has_span && !forwards_to_span(f)) {
		tell(run, f, &f->ir->loc, c->path.name,
			tell_text(run, "critical path \"%s\" owns no span", c->path.name), why,
			"start a span named after the operation when it begins, and end it when it "
			"ends",
			NULL);
	} else if (has_span && e) {
		story_add(run, &story, &f->ir->loc, "critical path begins here");
		story_add_hops(run, &story, f, e, IR_NONE);
		story_add(run, &story, &f->ir->ops[e->op].loc, "leaves without having started one");
		tell(run, f, &f->ir->loc, c->path.name,
			tell_text(run, "critical path \"%s\" owns no span on this path",
				c->path.name),
			why, "start the span before the paths part", &story);
	}
}

void rule_missing_span(struct rule_run *run)
{
	for (size_t i = 0; i < run->program->criticals.nr; i++) {
		const struct critical *c = &run->program->criticals.at[i];
		if (c->func && !c->path.on_current)
			check_one(run, c);
	}
}
