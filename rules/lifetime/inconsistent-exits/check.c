/* inconsistent-exits: every exit but one leaves the scope, or ends the span of a record. */
#include "base/str.h"
#include "engine/tell.h"
#include "flow/places.h"
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

/* ---- spans that a record brings along ---- */

struct exits {
	const struct walk_exit *open; /* the one that keeps the span */
	const struct walk_exit *same; /* one that ends it and says the same to the caller */
	uint32_t nr_ended;            /* returns that end it */
	bool is_clear;
};

static bool is_first_of_op(const struct walk *w, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (w->exits.at[k].op == w->exits.at[i].op)
			return false;
	return true;
}

static struct exits exits_of(const struct walk *w)
{
	struct exits x = {.is_clear = w->is_complete};
	for (size_t i = 0; i < w->exits.nr; i++) {
		const struct walk_exit *e = &w->exits.at[i];
		if (e->kind == EXIT_NORETURN || e->phase == SPAN_FAILED)
			continue;
		if (e->phase == SPAN_OPEN && (!x.open || x.open->op == e->op))
			x.open = e;
		else if (e->phase == SPAN_ENDED)
			x.nr_ended += is_first_of_op(w, i);
		else
			x.is_clear = false;
	}
	for (size_t i = 0; x.open && i < w->exits.nr; i++) {
		const struct walk_exit *e = &w->exits.at[i];
		if (e->phase == SPAN_ENDED && e->outcome == x.open->outcome &&
			e->ended_at != IR_NONE)
			x.same = e;
		x.is_clear &= e->op != x.open->op || e->phase == SPAN_OPEN;
	}
	return x;
}

/* What a success leaves open may be meant to go on; a failure that others end, hardly. */
static bool is_odd_one_out(const struct exits *x)
{
	if (!x->is_clear || !x->open || !x->same)
		return false;
	return x->open->outcome == OUTCOME_FAILURE   ? x->nr_ended >= 2
	       : x->open->outcome == OUTCOME_SUCCESS ? x->nr_ended >= 3
						     : false;
}

static void check_place(struct rule_run *run, struct func *f, const struct place_site *s)
{
	struct exits x = exits_of(s->walk);
	if (!is_odd_one_out(&x))
		return;
	const struct ir_op *exit = &f->ir->ops[x.open->op];
	const char *place = path_text(f->values, s->path, run->arena);
	struct story story = {0};
	story_add_hops(run, &story, f, x.open, IR_NONE);
	story_add(run, &story, &exit->loc, "leaves with %s still open", place);
	story_add(run, &story, &f->ir->ops[x.same->ended_at].loc, "other paths end it here");
	tell(run, f, &exit->loc, place,
		tell_text(
			run, "this exit does not end %s, and the %u others do", place, x.nr_ended),
		"the caller cannot tell this exit from the others, so nobody else ends the span: "
		"it is never exported, and its children hang in the air",
		"end it here too: one exit label that ends it serves them all", &story);
}

static void check_places(struct rule_run *run, struct func *f)
{
	uint32_t nr;
	const struct place_site *places = places_of(run->program, f, &nr);
	for (uint32_t i = 0; i < nr; i++)
		check_place(run, f, &places[i]);
}

void rule_inconsistent_exits(struct rule_run *run)
{
	for (size_t i = 0; i < run->program->funcs.nr; i++) {
		struct func *f = run->program->funcs.at[i];
		uint32_t nr;
		if (f->ir->flags & (IR_FUNC_SYSTEM | IR_FUNC_TEMPLATE))
			continue;
		check_places(run, f);
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
