/* Reads stores into a class's member, and what is stored there. */
#include "flow/class_given.h"

#include "base/str.h"
#include "flow/pairs.h"
#include "flow/values.h"

#define MAX_DEPTH 6

struct reader {
	struct program *p;
	const struct span_class *c;
	struct func *f;
	const struct values *v;
};

static bool is_span_type(struct program *p, const char *type)
{
	const struct model_type *t = models_type(p->models, type);
	return t && t->role == ROLE_SPAN;
}

static bool is_own_field(const struct span_class *c, const struct ir_op *op, bool *is_last)
{
	for (uint32_t i = 0; op->kind == IR_FIELD && i < c->nr_fields; i++) {
		if (!str_eq(op->sym, c->fields[i]))
			continue;
		*is_last = i + 1 == c->nr_fields;
		return true;
	}
	return false;
}

/* The way back from `impl_->span` to `this`: fields of the class, loads, and calls such as
 * unique_ptr's operator-> that give their object again. */
bool class_is_this(struct program *p, const struct span_class *c, const struct func *f, ir_value v,
	bool *is_handle)
{
	*is_handle = false;
	for (unsigned depth = 0; v != IR_NONE && depth < 16; depth++) {
		const struct ir_op *op = &f->ir->ops[v];
		const struct call *call;
		bool is_last;
		switch (op->kind) {
		case IR_LOAD:
		case IR_COPY:
			v = op->args[0];
			break;
		case IR_FIELD:
			if (!is_own_field(c, op, &is_last) && class_of_field(p, op) == NULL)
				return false;
			*is_handle |= is_own_field(c, op, &is_last) && is_last;
			v = op->args[0];
			break;
		case IR_CALL:
			call = func_call(f, v);
			if (!call || !call->model || call->model->effect != EFFECT_ALIAS ||
				call->model->span < 0)
				return false;
			v = ir_call_arg(op, (unsigned)call->model->span);
			break;
		case IR_VAR:
			return f->ir->vars[op->var].flags & IR_VAR_THIS;
		default:
			return false;
		}
	}
	return false;
}

/* ---- what is stored ---- */

static struct given unknown(void)
{
	return (struct given){GIVEN_UNKNOWN, MODEL_NONE, MODEL_NONE};
}

static struct given nothing(void)
{
	return (struct given){GIVEN_NOTHING, MODEL_NONE, MODEL_NONE};
}

/* Two stores: both are made, or either. An empty handle beside a full one says nothing. */
static struct given joined(struct given a, struct given b)
{
	if (a.kind == GIVEN_NOTHING)
		return b;
	if (b.kind == GIVEN_NOTHING)
		return a;
	if (a.kind != b.kind || (a.kind == GIVEN_PARAM && a.param != b.param))
		return unknown();
	if (a.name != b.name)
		a.name = MODEL_NONE;
	return a;
}

/* Parameter k of a callee, as an argument of the call. */
static ir_value argument(const struct ir_op *op, int k)
{
	k -= (op->flags & IR_CALL_CONSTRUCT) ? 1 : 0;
	return k >= 0 && (uint32_t)k < op->nr_args ? op->args[k] : IR_NONE;
}

static int name_of_func(struct program *p, struct func *f, unsigned depth);

/* The parameter of `f` that names the span which the call starts, or MODEL_NONE. */
static int name_of_call(struct program *p, struct func *f, const struct call *call, unsigned depth)
{
	const struct ir_op *op = &f->ir->ops[call->op];
	ir_value name = IR_NONE;
	if (call->model && call->model->name >= 0) {
		name = ir_call_arg(op, (unsigned)call->model->name);
	} else if (!call->model && call->callee && depth) {
		int k = name_of_func(p, call->callee, depth - 1);
		name = k == MODEL_NONE ? IR_NONE : argument(op, k);
	}
	int param = name == IR_NONE ? -1 : pair_param(values_of(p, f), name);
	return param < 0 ? MODEL_NONE : param;
}

static bool starts(struct program *p, const struct call *call, unsigned depth)
{
	if (call->model)
		return call->model->effect == EFFECT_START;
	return call->callee && depth && is_span_type(p, call->callee->ir->ret) &&
	       class_is_factory(p, call->callee, depth - 1);
}

static int name_of_func(struct program *p, struct func *f, unsigned depth)
{
	int name = MODEL_NONE;
	bool is_first = true;
	for (uint32_t i = 0; i < f->nr_calls; i++) {
		if (!starts(p, &f->calls[i], depth))
			continue;
		int one = name_of_call(p, f, &f->calls[i], depth);
		if (!is_first && one != name)
			return MODEL_NONE;
		name = one;
		is_first = false;
	}
	return name;
}

bool class_is_factory(struct program *p, struct func *f, unsigned depth)
{
	for (uint32_t i = 0; i < f->nr_calls; i++)
		if (starts(p, &f->calls[i], depth))
			return true;
	return false;
}

static struct given value_of(const struct reader *r, ir_value v, unsigned depth);

/* All that a local variable is ever given. */
static struct given local_of(const struct reader *r, uint32_t var, unsigned depth)
{
	const struct ir_func *f = r->f->ir;
	struct given all = nothing();
	for (uint32_t i = 0; i < f->nr_ops; i++) {
		const struct ir_op *op = &f->ops[i];
		const struct call *call = op->kind == IR_CALL ? func_call(r->f, i) : NULL;
		ir_value to = IR_NONE, from = IR_NONE;
		if (op->kind == IR_STORE) {
			to = op->args[0];
			from = op->args[1];
		} else if (call && call->model && call->model->effect == EFFECT_SWAP) {
			to = ir_call_arg(op, (unsigned)call->model->span);
			from = call->model->value > 0
				       ? ir_call_arg(op, (unsigned)call->model->value)
				       : IR_NONE;
		}
		if (to != IR_NONE && f->ops[to].kind == IR_VAR && f->ops[to].var == var)
			all = joined(all, value_of(r, from, depth - 1));
	}
	return all;
}

static struct given variable_of(const struct reader *r, const struct ir_op *op, unsigned depth)
{
	const struct ir_var *var = &r->f->ir->vars[op->var];
	if (var->flags & (IR_VAR_STATIC | IR_VAR_CAPTURED | IR_VAR_THIS))
		return unknown();
	if (op->var < r->f->ir->nr_params)
		return is_span_type(r->p, var->type)
			       ? (struct given){GIVEN_PARAM, (int)op->var, MODEL_NONE}
			       : unknown();
	return local_of(r, op->var, depth);
}

static struct given call_of(const struct reader *r, ir_value v, unsigned depth)
{
	const struct ir_op *op = &r->f->ir->ops[v];
	const struct call *call = func_call(r->f, v);
	if (starts(r->p, call, MAX_DEPTH))
		return (struct given){
			GIVEN_START, MODEL_NONE, name_of_call(r->p, r->f, call, MAX_DEPTH)};
	if (call->model && call->model->effect == EFFECT_ALIAS && call->model->span >= 0) {
		ir_value from = ir_call_arg(op, (unsigned)call->model->span);
		return from == IR_NONE ? nothing() : value_of(r, from, depth - 1);
	}
	if ((op->flags & IR_CALL_CONSTRUCT) && is_span_type(r->p, op->type) && op->nr_args < 2)
		return op->nr_args ? value_of(r, op->args[0], depth - 1) : nothing();
	return unknown();
}

static struct given value_of(const struct reader *r, ir_value v, unsigned depth)
{
	if (v == IR_NONE)
		return nothing();
	if (!depth)
		return unknown();
	const struct ir_op *op = &r->f->ir->ops[v];
	bool is_last;
	switch (op->kind) {
	case IR_CONST:
		return nothing();
	case IR_LOAD:
	case IR_COPY:
		return value_of(r, op->args[0], depth - 1);
	case IR_VAR:
		return variable_of(r, op, depth);
	case IR_CALL:
		return call_of(r, v, depth);
	case IR_INIT:
		return op->nr_args ? unknown() : nothing();
	case IR_FIELD:
		if (is_own_field(r->c, op, &is_last))
			return (struct given){GIVEN_SAME, MODEL_NONE, MODEL_NONE};
		return unknown();
	default:
		return unknown();
	}
}

/* ---- where it is stored ---- */

static bool is_own_method(const struct span_class *c, const struct func *f)
{
	for (size_t i = 0; c && f && i < c->methods.nr; i++)
		if (c->methods.at[i] == f)
			return true;
	return false;
}

static struct given given_at(const struct reader *r, unsigned depth);

/* `init(name)` or `C(name)` within another one of the class's. */
static struct given given_by_own(const struct reader *r, const struct call *call, unsigned depth)
{
	const struct ir_op *op = &r->f->ir->ops[call->op];
	bool is_handle, is_made = op->flags & IR_CALL_CONSTRUCT;
	if (is_made && !op_makes_own_object(r->f->ir, call->op))
		return nothing();
	if (!is_made && (!op->nr_args || !class_is_this(r->p, r->c, r->f, op->args[0], &is_handle)))
		return nothing();
	const struct span_class *c = is_own_method(r->c, call->callee) ? r->c : r->c->base;
	struct reader inner = {r->p, c, call->callee, values_of(r->p, call->callee)};
	struct given got = given_at(&inner, depth - 1);
	if (got.kind == GIVEN_START && got.name != MODEL_NONE) {
		ir_value name = argument(op, got.name);
		int param = name == IR_NONE ? -1 : pair_param(r->v, name);
		got.name = param < 0 ? MODEL_NONE : param;
	} else if (got.kind == GIVEN_PARAM) {
		ir_value from = argument(op, got.param);
		got = from == IR_NONE ? unknown() : value_of(r, from, MAX_DEPTH);
	}
	return got;
}

static struct given given_at(const struct reader *r, unsigned depth)
{
	struct given all = nothing();
	for (uint32_t i = 0; depth && i < r->f->ir->nr_ops; i++) {
		const struct ir_op *op = &r->f->ir->ops[i];
		const struct call *call = op->kind == IR_CALL ? func_call(r->f, i) : NULL;
		ir_value to = IR_NONE, from = IR_NONE;
		bool is_handle;
		if (op->kind == IR_STORE) {
			to = op->args[0];
			from = op->args[1];
		} else if (call && call->model && call->model->effect == EFFECT_SWAP) {
			to = ir_call_arg(op, (unsigned)call->model->span);
			from = call->model->value > 0
				       ? ir_call_arg(op, (unsigned)call->model->value)
				       : IR_NONE;
		} else if (call && call->callee != r->f &&
			   (is_own_method(r->c, call->callee) ||
				   is_own_method(r->c->base, call->callee))) {
			all = joined(all, given_by_own(r, call, depth));
		}
		if (to != IR_NONE && class_is_this(r->p, r->c, r->f, to, &is_handle) && is_handle)
			all = joined(all, value_of(r, from, MAX_DEPTH * 2));
	}
	return all;
}

struct given class_given(struct program *p, const struct span_class *c, struct func *f)
{
	struct reader r = {p, c, f, values_of(p, f)};
	return given_at(&r, 3);
}
