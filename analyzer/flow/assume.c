/* What a branch says about the span: `if (span)` after a start that may have failed. */
#include "base/str.h"
#include "flow/effects.h"
#include "flow/summary.h"

#include <string.h>

bool effects_start_may_fail(const struct effects *fx, const struct state *s)
{
	const struct call *c = s->subject == IR_NONE ? NULL : func_call(fx->func, s->subject);
	if (!c)
		return true;
	if (c->model && c->model->effect == EFFECT_START)
		return c->model->flags & MODEL_MAY_FAIL;
	if (s->flags & STATE_BY_ADDRESS)
		return false; /* on another path */
	return !c->callee || summary_return(fx->program, c->callee)->may_fail;
}

/* `if (span)`, `span != nullptr` on an object that is the handle: a call that looks at it. */
static ir_value looked_at(const struct effects *fx, const struct ir_op *op, bool *sense)
{
	const char *name = op->kind == IR_CALL ? ir_simple_name(op->sym) : "";
	if (str_eq(name, "operator bool") && op->nr_args == 1)
		return op->args[0];
	bool is_equal = str_eq(name, "operator==");
	if ((!is_equal && !str_eq(name, "operator!=")) || op->nr_args != 2 ||
		op->args[1] == IR_NONE)
		return IR_NONE;
	const struct ir_op *other = &fx->func->ir->ops[op->args[1]];
	if (other->kind != IR_CONST || other->sub != IR_LIT_NULL)
		return IR_NONE;
	*sense = is_equal ? !*sense : *sense;
	return op->args[0];
}

/* The handle that a condition tests, and whether the condition is true when it is set. */
static ir_value tested_handle(
	const struct effects *fx, const struct state *s, ir_value condition, bool *sense)
{
	for (unsigned depth = 0; condition != IR_NONE && depth < 8; depth++) {
		const struct ir_op *op = &fx->func->ir->ops[condition];
		if (effects_is_handle(fx, s, condition) && op->kind != IR_COMPARE)
			return condition;
		ir_value object = looked_at(fx, op, sense);
		if (object != IR_NONE) {
			condition = object;
		} else if (op->kind == IR_COPY) {
			condition = op->args[0];
		} else if (op->kind == IR_COMPARE && str_eq(op->sym, "!")) {
			*sense = !*sense;
			condition = op->args[0];
		} else if (op->kind == IR_COMPARE && op->nr_args == 2 &&
			   state_eval(s, fx->values, op->args[1]).signs == SIGN_ZERO) {
			if (str_eq(op->sym, "=="))
				*sense = !*sense;
			else if (!str_eq(op->sym, "!="))
				return IR_NONE;
			condition = op->args[0];
		} else {
			return IR_NONE;
		}
	}
	return IR_NONE;
}

bool effects_assume(struct effects *fx, struct state *s, ir_value condition, bool is_true)
{
	if (s->phase == SPAN_OPEN) {
		bool sense = true;
		ir_value handle = tested_handle(fx, s, condition, &sense);
		if (handle != IR_NONE && !effects_start_may_fail(fx, s))
			return sense == is_true;
		if (handle != IR_NONE) {
			if (sense == is_true) {
				s->flags |= STATE_CHECKED;
				return true;
			}
			for (uint32_t i = 0; i < s->nr_holders; i++)
				state_learn(s, fx->values, s->holders[i],
					(struct known){SIGN_ZERO, NULL});
			memset(s->holders, 0, sizeof(s->holders));
			s->nr_holders = 0;
			s->phase = SPAN_FAILED;
			return true;
		}
	}
	return state_assume(s, fx->values, condition, is_true);
}
