/* Recognises functions that forward to another one and put their own span around it. */
#include "flow/forward.h"

#include "flow/cost.h"
#include "flow/loops.h"

/* Does the span carry anything that the callee's would not? */
static bool says_nothing(const struct func *f, const struct span_site *s)
{
	for (size_t i = 0; i < s->walk->exits.nr; i++)
		if (s->walk->exits.at[i].keys ||
			(s->walk->exits.at[i].flags & (STATE_ERROR_STATUS | STATE_MAYBE_ERROR)))
			return false;
	for (uint32_t i = 0; i < f->nr_calls; i++) {
		if (!f->calls[i].model)
			continue;
		switch (f->calls[i].model->effect) {
		case EFFECT_START:
		case EFFECT_END:
		case EFFECT_RELEASE:
		case EFFECT_ACTIVATE:
		case EFFECT_DEACTIVATE:
		case EFFECT_CURRENT:
		case EFFECT_ALIAS:
		case EFFECT_SWAP:
		case EFFECT_TELEMETRY:
			break;
		default:
			return false;
		}
	}
	return true;
}

/* Passing an argument by value makes a copy: no work of the function's own. */
static bool is_handing_over(const struct func *f, const struct call *c)
{
	const struct ir_op *op = &f->ir->ops[c->op];
	return !c->callee && (op->flags & (IR_CALL_CONSTRUCT | IR_CALL_BUILTIN)) &&
	       (c->io->cost == COST_FREE || c->io->cost == COST_ALLOC);
}

static bool is_into_local(const struct func *f, const struct ir_op *store)
{
	ir_value to = store->args[0];
	return to != IR_NONE && f->ir->ops[to].kind == IR_VAR &&
	       !(f->ir->vars[f->ir->ops[to].var].flags & (IR_VAR_STATIC | IR_VAR_BY_REF));
}

/* The only call, when nothing else is done but handing over its arguments and its result. */
static const struct call *only_call(struct program *p, struct func *f)
{
	const struct call *only = NULL;
	for (uint32_t i = 0; i < f->ir->nr_ops; i++) {
		const struct ir_op *op = &f->ir->ops[i];
		if (op->kind == IR_CALC || op->kind == IR_UNKNOWN || op->kind == IR_LAMBDA)
			return NULL;
		if (!cost_is_work(p, f, i))
			continue;
		if (op->kind == IR_CALL) {
			const struct call *c = func_call(f, i);
			if (is_handing_over(f, c))
				continue;
			if (only)
				return NULL;
			only = c;
		} else if (op->kind != IR_RETURN &&
			   !(op->kind == IR_STORE && is_into_local(f, op))) {
			return NULL;
		}
	}
	return only;
}

/* The span is open while the call is made. */
static bool is_around(struct program *p, struct func *f, const struct span_site *s, uint32_t call)
{
	if (!op_dominates(loops_of(p, f), f->ir, s->op, call))
		return false;
	for (size_t i = 0; i < s->walk->exits.nr; i++) {
		const struct walk_exit *e = &s->walk->exits.at[i];
		if (e->kind == EXIT_RETURN && e->ended_at != IR_NONE &&
			!op_dominates(loops_of(p, f), f->ir, call, e->ended_at))
			return false;
	}
	return true;
}

const struct span_site *forward_own_span(const struct func *callee)
{
	for (uint32_t i = 0; i < callee->nr_sites; i++) {
		const struct span_site *s = &callee->sites[i];
		bool always = s->is_local;
		for (size_t k = 0; k < s->walk->exits.nr; k++)
			always &= s->walk->exits.at[k].phase != SPAN_BEFORE;
		if (always)
			return s;
	}
	return NULL;
}

const struct call *forward_of(struct program *p, struct func *f, const struct span_site *s)
{
	if (f->nr_sites != 1 || f->is_recursive || f->ir->incomplete[0] || !says_nothing(f, s))
		return NULL;
	const struct call *c = only_call(p, f);
	if (!c || !c->callee || !is_around(p, f, s, c->op))
		return NULL;
	const struct span_site *own = forward_own_span(c->callee);
	return own && own->is_internal ? c : NULL;
}
