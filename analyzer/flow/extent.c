/* Compares where spans begin and end. */
#include "flow/extent.h"

#include "flow/cost.h"
#include "flow/loops.h"

/* Making a string for an attribute is no work to speak of. */
static bool is_work(struct program *p, const struct func *f, uint32_t op)
{
	if (!cost_is_work(p, f, op))
		return false;
	const struct call *c = func_call(f, op);
	if (c && models_type(p->models, f->ir->ops[op].type))
		return false; /* fetches a tracer */
	return !c || c->callee || (c->io->cost != COST_FREE && c->io->cost != COST_ALLOC);
}

bool extent_is_empty(struct program *p, const struct func *f, uint32_t from, uint32_t to)
{
	if (block_of(f->ir, from) != block_of(f->ir, to))
		return false;
	for (uint32_t i = from < to ? from + 1 : to + 1; i < (from < to ? to : from); i++)
		if (is_work(p, f, i))
			return false;
	return true;
}

/* What holds other spans is their parent, however little they do. */
static bool holds_start(const struct func *f, const struct span_site *s, uint32_t end)
{
	for (uint32_t k = 0; k < f->nr_sites; k++)
		if (f->sites[k].op > s->op && f->sites[k].op < end)
			return true;
	return false;
}

bool extent_holds_nothing(struct program *p, const struct func *f, const struct span_site *s)
{
	bool ends = false;
	for (size_t i = 0; i < s->walk->exits.nr; i++) {
		const struct walk_exit *e = &s->walk->exits.at[i];
		if (e->subject == IR_NONE || e->phase == SPAN_FAILED)
			continue;
		if (e->phase != SPAN_ENDED || e->ended_at == IR_NONE || e->ended_at < s->op ||
			!extent_is_empty(p, f, s->op, e->ended_at) ||
			holds_start(f, s, e->ended_at))
			return false;
		ends = true;
	}
	return ends && s->walk->is_complete;
}

/* Each way on which `a` ends is one on which `b` ends next to it. */
static bool ends_with(struct program *p, const struct func *f, const struct span_site *a,
	const struct span_site *b)
{
	for (size_t i = 0; i < a->walk->exits.nr; i++) {
		const struct walk_exit *x = &a->walk->exits.at[i];
		if (x->kind != EXIT_RETURN || x->phase != SPAN_ENDED)
			continue;
		bool is_met = false;
		for (size_t k = 0; k < b->walk->exits.nr && !is_met; k++) {
			const struct walk_exit *y = &b->walk->exits.at[k];
			if (y->kind != EXIT_RETURN || y->phase != SPAN_ENDED || x->op != y->op)
				continue;
			is_met = x->ended_at == y->ended_at ||
				 (x->ended_at != IR_NONE && y->ended_at != IR_NONE &&
					 extent_is_empty(p, f, x->ended_at, y->ended_at));
		}
		if (!is_met)
			return false;
	}
	return true;
}

/* Is something done between the start and the last of the ends? What follows the ends, as the rest
 * of a test does, is no part of it. */
static bool has_work_within(struct program *p, struct func *f, const struct span_site *s)
{
	uint32_t last = s->op;
	for (size_t i = 0; i < s->walk->exits.nr; i++) {
		const struct walk_exit *e = &s->walk->exits.at[i];
		uint32_t end = e->ended_at == IR_NONE ? e->op : e->ended_at;
		if (e->phase == SPAN_ENDED && end > last)
			last = end;
	}
	for (uint32_t i = s->op + 1; i < last; i++)
		if (f->ir->ops[i].kind == IR_CALL && is_work(p, f, i) &&
			op_dominates(loops_of(p, f), f->ir, s->op, i))
			return true;
	return false;
}

bool extent_is_same(struct program *p, struct func *f, const struct span_site *outer,
	const struct span_site *inner)
{
	return outer->op < inner->op && outer->is_local && inner->is_local &&
	       extent_is_empty(p, f, outer->op, inner->op) && ends_with(p, f, outer, inner) &&
	       ends_with(p, f, inner, outer) && has_work_within(p, f, inner);
}
