/* scope-mismatch: scopes left out of order, twice, or not at all. */
#include "base/str.h"
#include "engine/tell.h"
#include "flow/scopes.h"

void rule_scope_mismatch(struct rule_run *run);

static const char why_left[] =
	"what it made current stays current on this thread: spans of unrelated work become its "
	"children";

static void report_open(struct rule_run *run, struct func *f, const struct scope_site *s)
{
	const struct ir_op *op = &f->ir->ops[s->op];
	struct story story = {0};
	story_add(run, &story, &op->loc, "made current here");
	story_add_hops(run, &story, f, s->first_open, s->op);
	story_add(run, &story, &f->ir->ops[s->first_open->op].loc,
		"leaves with the scope still in force");
	tell(run, f, &op->loc, "scope",
		s->nr_left ? "the scope is not left on some paths" : "the scope is never left",
		why_left, "detach it before the function returns, on every path", &story);
}

static void report_incident(struct rule_run *run, struct func *f, const struct scope_site *s,
	const struct incident *i, const struct scope_site *later)
{
	const struct ir_op *op = &f->ir->ops[i->op];
	if (tell_has(run, &op->loc))
		return;
	struct story story = {0};
	story_add(run, &story, &f->ir->ops[s->op].loc, "made current here");
	if (later)
		story_add(run, &story, &f->ir->ops[later->op].loc,
			"another scope begins inside it, and is still in force below");
	else
		story_add(run, &story, &f->ir->ops[i->since].loc, "left here");
	story_add_path(run, &story, f, i->hops, i->nr_hops, later ? later->op : i->since);
	story_add(run, &story, &op->loc, later ? "the outer one is left first" : "left again here");
	tell(run, f, &op->loc, "scope",
		later ? "scopes are left out of order" : "the scope is left twice",
		later ? "the inner scope still claims to be current when the outer one is gone: "
			"what "
			"follows gets a parent that has ended, or none"
		      : "the second one may take away a scope that somebody else has entered",
		later ? "detach in reverse order: the scope entered last is left first"
		      : "keep the one that every path passes",
		&story);
}

static void check_order(
	struct rule_run *run, struct func *f, const struct scope_site *sites, uint32_t nr)
{
	for (uint32_t a = 0; a < nr; a++) {
		for (uint32_t b = 0; b < nr; b++) {
			if (a == b || sites[a].is_automatic || sites[b].is_automatic ||
				!sites[b].nr_left || sites[b].is_handed_on)
				continue;
			const struct walk *w =
				scopes_walk_pair(run->program, f, &sites[a], &sites[b]);
			for (size_t i = 0; w->is_complete && i < w->incidents.nr; i++)
				if (w->incidents.at[i].kind == INCIDENT_OUT_OF_ORDER &&
					w->incidents.at[i].is_certain)
					report_incident(
						run, f, &sites[a], &w->incidents.at[i], &sites[b]);
		}
	}
}

static void check_site(struct rule_run *run, struct func *f, const struct scope_site *s)
{
	if (!s->walk->is_complete || s->is_automatic || s->is_discarded)
		return;
	for (size_t i = 0; i < s->walk->incidents.nr; i++) {
		const struct incident *one = &s->walk->incidents.at[i];
		if (one->kind == INCIDENT_END_AGAIN && (one->is_certain || one->is_straight))
			report_incident(run, f, s, one, NULL);
	}
	/* a single exit that forgets it while others do not is for inconsistent-exits to tell */
	if (s->nr_open && !(s->nr_open == 1 && s->nr_left))
		report_open(run, f, s);
}

/* token.release(): the token is not detached, only forgotten. */
static void check_release(struct rule_run *run, struct func *f, const struct call *call)
{
	const struct ir_op *op = &f->ir->ops[call->op];
	const struct model_call *m = call->model;
	if (!m || m->effect != EFFECT_ALIAS || !(m->flags & MODEL_NULLS) ||
		!(op->flags & IR_CALL_DISCARDED))
		return;
	const struct model_type *t = models_type(run->program->models, op->type);
	if (!t || t->role != ROLE_SCOPE)
		return;
	tell(run, f, &op->loc, "release",
		"release() forgets the token without detaching it: the scope is never left",
		why_left, "let the destructor detach it: assign nullptr, or call reset()", NULL);
}

void rule_scope_mismatch(struct rule_run *run)
{
	for (size_t i = 0; i < run->program->funcs.nr; i++) {
		struct func *f = run->program->funcs.at[i];
		uint32_t nr;
		if (f->ir->flags & (IR_FUNC_SYSTEM | IR_FUNC_TEMPLATE))
			continue;
		const struct scope_site *sites = scopes_of(run->program, f, &nr);
		for (uint32_t k = 0; k < nr; k++)
			check_site(run, f, &sites[k]);
		check_order(run, f, sites, nr);
		for (uint32_t k = 0; k < f->nr_calls; k++)
			check_release(run, f, &f->calls[k]);
	}
}
