/* Finds the statements that a span consists of. */
#include "engine/span_patch.h"

#include "flow/values.h"

struct removal {
	const struct rule_run *run;
	struct func *f;
	bool *carries; /* per op: it is the handle, its address, or a scope of it */
	bool *holds;   /* per variable: the handle or the scope lives there, and only that */
	struct plan *plans;
	uint32_t nr;
};

static bool is_statement_of_span(const struct model_call *m)
{
	switch (m->effect) {
	case EFFECT_START:
	case EFFECT_END:
	case EFFECT_RELEASE:
	case EFFECT_ATTRIBUTE:
	case EFFECT_STATUS:
	case EFFECT_EVENT:
	case EFFECT_EXCEPTION:
	case EFFECT_RENAME:
	case EFFECT_ACTIVATE:
	case EFFECT_DEACTIVATE:
		return true;
	default:
		return false;
	}
}

static bool uses(const struct removal *r, const struct ir_op *op)
{
	for (uint32_t i = 0; i < op->nr_args; i++)
		if (op->args[i] != IR_NONE && r->carries[op->args[i]])
			return true;
	return false;
}

static bool remove_at(struct removal *r, const struct ir_loc *loc)
{
	for (uint32_t i = 0; i < r->nr; i++)
		if (r->plans[i].line == loc->line && r->plans[i].col == loc->col)
			return true;
	if (r->nr == SPAN_PLANS)
		return false;
	r->plans[r->nr++] = tell_plan(r->run, PLAN_REMOVE, loc, "", "");
	return true;
}

static bool visit_call(struct removal *r, uint32_t number)
{
	const struct ir_op *op = &r->f->ir->ops[number];
	const struct call *call = func_call(r->f, number);
	if (op->flags & IR_CALL_CLEANUP)
		return true;
	if (call->model && call->model->effect == EFFECT_ALIAS) {
		r->carries[number] = true;
		return true;
	}
	if (!call->model || !is_statement_of_span(call->model))
		return false;
	/* what it gives back is the scope, or is thrown away */
	if (call->model->effect == EFFECT_ACTIVATE)
		r->carries[number] = true;
	return remove_at(r, &op->loc);
}

/* A handle is stored into a variable of its own. */
static bool visit_store(struct removal *r, const struct ir_op *op)
{
	const struct ir_op *to = op->args[0] == IR_NONE ? NULL : &r->f->ir->ops[op->args[0]];
	if (!to || to->kind != IR_VAR || to->var < r->f->ir->nr_params || op->args[1] == IR_NONE ||
		!r->carries[op->args[1]])
		return false;
	r->holds[to->var] = true;
	return true;
}

static bool visit(struct removal *r, uint32_t number, uint32_t start)
{
	const struct ir_op *op = &r->f->ir->ops[number];
	if (number == start) {
		r->carries[number] = true;
		return remove_at(r, &op->loc);
	}
	if (op->kind == IR_VAR) {
		r->carries[number] = r->holds[op->var];
		return true;
	}
	if (!uses(r, op))
		return true;
	switch (op->kind) {
	case IR_LOAD:
	case IR_COPY:
		r->carries[number] = true;
		return true;
	case IR_STORE:
		return visit_store(r, op);
	case IR_CALL:
		return visit_call(r, number);
	default:
		return false;
	}
}

uint32_t span_removal(const struct rule_run *run, struct func *f, const struct span_site *s,
	struct plan plans[SPAN_PLANS])
{
	struct removal r = {.run = run, .f = f, .plans = plans};
	if (!s->call->model)
		return 0;
	r.carries = arena_array(run->scratch, bool, f->ir->nr_ops);
	r.holds = arena_array(run->scratch, bool, f->ir->nr_vars);
	/* the variable is declared before the start is stored into it */
	for (uint32_t i = 0; i < f->ir->nr_ops; i++)
		if (!visit(&r, i, s->op))
			return 0;
	return r.nr;
}
