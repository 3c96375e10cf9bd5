/* Evaluates constant strings through copies, views and locals that are written once. */
#include "flow/strings.h"

#include "base/str.h"

#define MAX_DEPTH 8

/* The one value ever stored to a local variable that is not a parameter, or IR_NONE. */
static ir_value only_store(const struct values *v, uint32_t path)
{
	const struct ir_func *f = v->func->ir;
	if (path == NO_PATH || v->paths.at[path].kind != PATH_VAR || !v->paths.at[path].is_local)
		return IR_NONE;
	if (f->vars[v->paths.at[path].var].flags & (IR_VAR_PARAM | IR_VAR_CAPTURED | IR_VAR_CATCH))
		return IR_NONE;
	ir_value stored = IR_NONE;
	for (uint32_t i = 0; i < f->nr_ops; i++) {
		const struct ir_op *op = &f->ops[i];
		if (op->kind == IR_STORE && op->args[0] != IR_NONE) {
			if (v->address[op->args[0]] != path)
				continue;
			if (stored != IR_NONE)
				return IR_NONE;
			stored = op->args[1];
			continue;
		}
		/* its address given away, or an array filled: anyone may write */
		const struct call *call = op->kind == IR_CALL ? func_call(v->func, i) : NULL;
		if (!call || call->model || (op->flags & IR_CALL_METHOD))
			continue;
		for (uint32_t k = 0; k < op->nr_args; k++)
			if (op->args[k] != IR_NONE && v->address[op->args[k]] == path)
				return IR_NONE;
	}
	return stored;
}

static const char *string_of(const struct values *v, ir_value value, unsigned depth)
{
	if (value == IR_NONE || depth == MAX_DEPTH)
		return NULL;
	value = v->origin[value];
	const struct ir_op *op = &v->func->ir->ops[value];
	if (op->kind == IR_CONST)
		return op->sub == IR_LIT_STRING ? op->sym : NULL;
	if (op->kind == IR_CALL && (op->flags & IR_CALL_CONSTRUCT) && ir_call_nr_args(op) == 1)
		return string_of(v, ir_call_arg(op, 1), depth + 1);
	if (op->kind == IR_INIT && op->nr_args == 1)
		return string_of(v, op->args[0], depth + 1);
	uint32_t path = v->content[value] != NO_PATH ? v->content[value] : v->address[value];
	return string_of(v, only_store(v, path), depth + 1);
}

const char *value_string(const struct values *v, ir_value value)
{
	return string_of(v, value, 0);
}
