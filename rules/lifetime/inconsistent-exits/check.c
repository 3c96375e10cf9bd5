/* inconsistent-exits: every exit but one leaves the scope. */
#include "base/str.h"
#include "engine/tell.h"
#include "flow/scopes.h"

void rule_inconsistent_exits(struct rule_run *run);

static const struct walk_exit *first_left(const struct scope_site *s)
{
	for (size_t i = 0; i < s->walk->exits.nr; i++) {
		const struct walk_exit *e = &s->walk->exits.at[i];
		if (e->phase == SPAN_ENDED && e->ended_at != IR_NONE)
			return e;
	}
	return NULL;
}

static void report(struct rule_run *run, struct func *f, const struct scope_site *s,
	const struct walk_exit *left)
{
	const struct walk_exit *e = s->first_open;
	const struct ir_op *exit = &f->ir->ops[e->op];
	struct story story = {0};
	story_add(run, &story, &f->ir->ops[s->op].loc, "made current here");
	story_add_hops(run, &story, f, e, s->op);
	story_add(run, &story, &exit->loc, "leaves with the scope still in force");
	story_add(run, &story, &f->ir->ops[left->ended_at].loc, "other paths leave it here");
	tell(run, f, &exit->loc, "scope",
		tell_text(run, "this exit does not leave the scope, and the %s",
			s->nr_left == 1 ? "other one does" : "others do"),
		"what it made current stays current on this thread: spans of unrelated work become "
		"its "
		"children",
		"detach it here too: one exit label that tears down serves them all", &story);
}

void rule_inconsistent_exits(struct rule_run *run)
{
	for (size_t i = 0; i < run->program->funcs.nr; i++) {
		struct func *f = run->program->funcs.at[i];
		uint32_t nr;
		if (f->ir->flags & (IR_FUNC_SYSTEM | IR_FUNC_TEMPLATE))
			continue;
		const struct scope_site *sites = scopes_of(run->program, f, &nr);
		for (uint32_t k = 0; k < nr; k++) {
			const struct scope_site *s = &sites[k];
			const struct walk_exit *left = first_left(s);
			if (s->walk->is_complete && !s->is_automatic && !s->is_discarded &&
				s->nr_open == 1 && left)
				report(run, f, s, left);
		}
	}
}
