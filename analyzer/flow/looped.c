/* Finds loops over data that make a span for each item, though no item does anything that waits. */
#include "flow/looped.h"

#include "flow/cost.h"
#include "flow/forward.h"
#include "flow/loops.h"

/* One round may look something up in a short list, no more: a loop in a loop is work that a span
 * may well be for, and so is everything that this many lines do not hold. */
#define ROUND_DEPTH 1
#define ROUND_LINES 60

/* Everything in a round is known, short, and in the process. A log line is no reason for a span. */
static bool is_round_short(const struct cost *c, const struct loop *loop)
{
	bool is_quick = c->worst <= COST_ALLOC || c->worst == COST_LOG;
	return !c->unknown[0] && is_quick && c->depth <= loop->depth + ROUND_DEPTH &&
	       c->total <= ROUND_LINES;
}

/* The innermost loop around the op that goes over data; loops of a few rounds do not count. A loop
 * that serves or waits or is not understood ends the search. */
static const struct loop *data_loop_at(const struct loops *l, const struct func *f, uint32_t op)
{
	uint32_t i = l->innermost[block_of(f->ir, op)];
	while (i != NO_LOOP && l->at[i].kind == LOOP_FEW_ROUNDS)
		i = l->at[i].outer;
	return i != NO_LOOP && l->at[i].kind == LOOP_DATA ? &l->at[i] : NULL;
}

static bool is_known_loop(const struct program *p, const struct func *f, const struct loop *loop)
{
	const struct verdicts *v = p->verdicts;
	for (size_t i = v->looped.nr; i-- > 0 && v->looped.at[i].func == f;)
		if (v->looped.at[i].loop == loop)
			return true;
	return false;
}

static void add(struct program *p, struct looped looped)
{
	const struct loop *loop = data_loop_at(loops_of(p, looped.func), looped.func, looped.op);
	if (!loop || is_known_loop(p, looped.func, loop))
		return;
	looped.loop = loop;
	looped.round = cost_of_blocks(p, looped.func, loop->has);
	if (is_round_short(looped.round, loop))
		vec_push(p->arena, &p->verdicts->looped, looped);
}

static void look(struct program *p, struct func *f)
{
	for (uint32_t k = 0; k < f->nr_sites; k++) {
		const struct span_site *s = &f->sites[k];
		if (span_is_replaceable(f, s) && !worth_is_too_much(s->verdict->worth))
			add(p, (struct looped){.func = f, .op = s->op, .site = s});
	}
	for (uint32_t i = 0; i < f->nr_calls; i++) {
		const struct func *callee = f->calls[i].callee;
		const struct span_site *own = callee ? forward_own_span(callee) : NULL;
		if (own && span_is_judged_by_work(callee, own) &&
			!worth_is_too_much(own->verdict->worth))
			add(p, (struct looped){.func = f,
				       .op = f->calls[i].op,
				       .callee = callee,
				       .site = own});
	}
}

void looped_find(struct program *p)
{
	for (size_t i = 0; i < p->funcs.nr; i++) {
		struct func *f = p->funcs.at[i];
		if (!(f->ir->flags & (IR_FUNC_SYSTEM | IR_FUNC_TEMPLATE)))
			look(p, f);
	}
}
