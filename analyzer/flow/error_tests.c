/* Conditions that say "this call failed". */
#include "base/str.h"
#include "flow/error_words.h"
#include "flow/values.h"

static const struct ir_op *op_of(const struct values *v, ir_value value)
{
	return &v->func->ir->ops[value];
}

/* The call whose result a value is: itself, or what its block last stored into the variable; a
 * variable that one call alone writes will do as well. */
static ir_value result_of(const struct values *v, ir_value value)
{
	value = v->origin[value];
	const struct ir_func *f = v->func->ir;
	if (f->ops[value].kind == IR_CALL)
		return value;
	uint32_t path = v->content[value];
	if (path == NO_PATH)
		return IR_NONE;
	for (uint32_t i = value; i-- > 0;) {
		const struct ir_op *op = &f->ops[i];
		if (op->kind != IR_STORE || op->args[0] == IR_NONE || op->args[1] == IR_NONE ||
			v->address[op->args[0]] != path)
			continue;
		ir_value from = v->origin[op->args[1]];
		return f->ops[from].kind == IR_CALL ? from : IR_NONE;
	}
	return IR_NONE;
}

static bool is_zero(const struct ir_op *op)
{
	if (op->kind != IR_CONST)
		return false;
	if (op->sub == IR_LIT_NULL)
		return true;
	if (op->sub == IR_LIT_BOOL)
		return str_eq(op->sym, "false") || str_eq(op->sym, "0");
	return (op->sub == IR_LIT_INT || op->sub == IR_LIT_ENUM) && str_eq(op->sym, "0");
}

static bool is_pointer(const char *type)
{
	return str_has_suffix(type, "*");
}

/* The call came back with zero (or with anything else): is that failure? */
static bool zero_means_failure(
	struct program *p, struct func *f, ir_value call, bool is_zero_result)
{
	const struct call *c = func_call(f, call);
	if (!c || c->model)
		return false;
	if (c->callee) {
		const struct error_convention *conv = errors_of(p, c->callee);
		if (!conv->is_sure || !conv->may_fail)
			return false;
		if (conv->kind == ERROR_BY_NULL || conv->kind == ERROR_BY_FALSE)
			return is_zero_result;
		return conv->kind != ERROR_BY_STATUS && !conv->has_positive && !is_zero_result;
	}
	/* what leaves the process says failure with NULL, or with a number that is not zero */
	if (c->io->cost < COST_IO)
		return false;
	const char *type = f->ir->ops[call].type;
	if (is_pointer(type) || str_eq(type, "bool") || str_eq(type, "_Bool"))
		return is_zero_result;
	return false;
}

static ir_value failed_compare(struct program *p, struct func *f, const struct values *v,
	const struct ir_op *compare, bool is_true)
{
	if (compare->args[0] == IR_NONE || compare->args[1] == IR_NONE)
		return IR_NONE;
	ir_value call = result_of(v, compare->args[0]);
	const struct ir_op *bound = op_of(v, v->origin[compare->args[1]]);
	if (call == IR_NONE || bound->kind != IR_CONST)
		return IR_NONE;
	const char *op = compare->sym;
	bool is_equal = str_eq(op, "==") == is_true; /* for == and != */
	bool says_failure = false;
	if (str_eq(op, "<") || str_eq(op, ">="))
		says_failure = is_zero(bound) && str_eq(op, "<") == is_true;
	else if (!str_eq(op, "==") && !str_eq(op, "!="))
		return IR_NONE;
	else if (str_eq(bound->sym, "-1"))
		says_failure = is_equal;
	else if (bound->sub == IR_LIT_ENUM && error_words_judge(bound->link) == OUTCOME_SUCCESS)
		says_failure = !is_equal;
	else if (is_zero(bound))
		says_failure = zero_means_failure(p, f, call, is_equal);
	return says_failure ? call : IR_NONE;
}

ir_value errors_failed_call(struct program *p, struct func *f, ir_value condition, bool is_true)
{
	const struct values *v = values_of(p, f);
	for (unsigned depth = 0; condition != IR_NONE && depth < 8; depth++) {
		condition = v->origin[condition];
		const struct ir_op *op = op_of(v, condition);
		if (op->kind == IR_COMPARE && op->nr_args == 2)
			return failed_compare(p, f, v, op, is_true);
		if (op->kind != IR_COMPARE) {
			ir_value call = result_of(v, condition);
			if (call != IR_NONE && zero_means_failure(p, f, call, !is_true))
				return call;
			return IR_NONE;
		}
		condition = op->args[0]; /* ! */
		is_true = !is_true;
	}
	return IR_NONE;
}
