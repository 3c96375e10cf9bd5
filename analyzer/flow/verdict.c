/* Says of each span whether it deserves to exist. */
#include "flow/verdict.h"

#include "flow/callbacks.h"
#include "flow/cost.h"
#include "flow/forward.h"
#include "flow/looped.h"

static bool is_plumbing(const struct func *f)
{
	for (uint32_t i = 0; i < f->nr_calls; i++) {
		const struct model_call *m = f->calls[i].model;
		if (!m)
			continue;
		switch (m->effect) {
		case EFFECT_INJECT:
		case EFFECT_EXTRACT:
		case EFFECT_FLUSH:
		case EFFECT_PROVIDER:
		case EFFECT_LINK:
		case EFFECT_KEEP:
		case EFFECT_BAGGAGE_SET:
			return true;
		default:
			break;
		}
	}
	return false;
}

bool span_is_replaceable(const struct func *f, const struct span_site *s)
{
	return !f->is_not_trivial && s->is_internal && s->is_local &&
	       !(f->ir->flags & (IR_FUNC_SYSTEM | IR_FUNC_TEMPLATE)) && !is_plumbing(f);
}

bool span_is_judged_by_work(const struct func *f, const struct span_site *s)
{
	return !f->critical && !(f->ir->flags & IR_FUNC_MAIN) && span_is_replaceable(f, s);
}

/* What the function and the span say for themselves; loops come later. */
static struct verdict *judge_alone(struct program *p, struct func *f, const struct span_site *s)
{
	struct verdict *v = arena_new(p->arena, struct verdict);
	v->worth = WORTH_UNDECIDED;
	bool is_marked = f->critical || f->is_not_trivial;
	v->callback = is_marked ? NULL : callback_hot(p, f);
	if (v->callback) {
		v->worth = WORTH_CALLBACK;
		return v;
	}
	if (!span_is_judged_by_work(f, s)) {
		if (is_marked || !s->is_internal || shape_deserves_span(f))
			v->worth = WORTH_DESERVED;
		return v;
	}
	v->shape = shape_of(p, f);
	v->forwards_to = forward_of(p, f, s);
	if (v->shape != SHAPE_OTHER && v->shape != SHAPE_SMALL)
		v->worth = WORTH_ACCESSOR;
	else if (v->forwards_to)
		v->worth = WORTH_WRAPPER;
	else if (v->shape == SHAPE_SMALL)
		v->worth = WORTH_TRIVIAL;
	else if (shape_deserves_span(f))
		v->worth = WORTH_DESERVED;
	return v;
}

void verdicts_find(struct program *p)
{
	for (size_t i = 0; i < p->funcs.nr; i++) {
		struct func *f = p->funcs.at[i];
		for (uint32_t k = 0; k < f->nr_sites; k++)
			f->sites[k].verdict = judge_alone(p, f, &f->sites[k]);
	}
	p->verdicts = arena_new(p->arena, struct verdicts);
	looped_find(p);
	for (size_t i = 0; i < p->verdicts->looped.nr; i++)
		p->verdicts->looped.at[i].site->verdict->worth = WORTH_IN_LOOP;
}

bool worth_is_too_much(enum worth w)
{
	return w < WORTH_DESERVED;
}
