/* Finds keys and values in modelled calls, and in calls of functions that pass them on. */
#include "flow/pairs.h"

#include "base/str.h"
#include "flow/listed.h"
#include "flow/strings.h"

#define MAX_DEPTH 8

/* A pair that a function sets from its own parameters: seen from its callers. */
struct forward {
	int key, value;          /* parameters, or -1 */
	const struct pair *pair; /* of the function itself */
};

struct forwards {
	VEC(struct forward) all;
	bool is_busy;
};

void pair_add(struct pair_finder *x, uint32_t at, ir_value key, ir_value value)
{
	struct pair pair = x->base;
	pair.at = at;
	pair.key = key;
	pair.value = value;
	if (!pair.text)
		pair.text = value_string(x->v, key);
	vec_push(x->p->arena, &x->out->all, pair);
}

/* ---- modelled calls ---- */

/* An overload of a start takes something else in this place: options, links. */
static bool is_no_list(const struct pair_finder *x, ir_value list)
{
	if (x->base.effect != EFFECT_START)
		return false;
	uint32_t path = x->v->content[list] != NO_PATH ? x->v->content[list] : x->v->address[list];
	const char *type = path != NO_PATH && x->v->paths.at[path].kind == PATH_VAR
				   ? x->f->ir->vars[x->v->paths.at[path].var].type
				   : x->f->ir->ops[x->v->origin[list]].type;
	const struct model_type *t = models_type(x->p->models, type);
	return t && t->role == ROLE_OTHER;
}

static void add_modelled(struct pair_finder *x, const struct model_call *m, uint32_t number)
{
	const struct ir_op *op = &x->f->ir->ops[number];
	unsigned nr_args = ir_call_nr_args(op);
	for (uint32_t i = 0; i < m->nr_key_texts; i++) {
		bool is_only = m->nr_key_texts == 1 && m->value > 0;
		x->base.text = m->key_texts[i];
		pair_add(x, number, IR_NONE,
			is_only ? ir_call_arg(op, (unsigned)m->value) : IR_NONE);
	}
	x->base.text = NULL;
	for (unsigned at = m->key >= 0 ? (unsigned)m->key : nr_args + 1; at <= nr_args; at += 2) {
		unsigned value = at + (unsigned)(m->value > m->key ? m->value - m->key : 1);
		ir_value key = ir_call_arg(op, at);
		if (key != IR_NONE)
			pair_add(x, number, key,
				value <= nr_args ? ir_call_arg(op, value) : IR_NONE);
		else
			x->out->has_unknown = true;
		if (!(m->flags & MODEL_REPEATS) || at + 2 >= nr_args)
			break; /* the list ends with a NULL */
	}
	for (unsigned at = m->attributes >= 0 ? (unsigned)m->attributes : nr_args + 1;
		at <= nr_args; at++) {
		ir_value list = ir_call_arg(op, at);
		if (list != IR_NONE && !is_no_list(x, list))
			listed_pairs(x, list);
		if (!(m->flags & MODEL_REPEATS))
			break;
	}
}

static bool has_pairs(const struct model_call *m)
{
	switch (m->effect) {
	case EFFECT_START:
	case EFFECT_ATTRIBUTE:
	case EFFECT_EVENT:
	case EFFECT_EXCEPTION:
	case EFFECT_LINK:
	case EFFECT_RESOURCE:
	case EFFECT_BAGGAGE_SET:
		return true;
	default:
		return false;
	}
}

/* ---- wrappers ---- */

ir_value pair_unwrap(const struct values *v, ir_value value)
{
	for (unsigned i = 0; i < MAX_DEPTH && value != IR_NONE; i++) {
		value = v->origin[value];
		ir_value inner = value_of_temporary(v, value);
		const struct ir_op *op = &v->func->ir->ops[value];
		if (inner == value && op->kind == IR_CALL && op->nr_args == 1 &&
			(op->flags & IR_CALL_CONSTRUCT))
			inner = op->args[0];
		if (inner == value || inner == IR_NONE)
			break;
		value = inner;
	}
	return value;
}

/* Is it given something else on the way? A text that stands in for a missing one does not count
 * as that where `but_constants` is set. */
static bool is_replaced(const struct values *v, uint32_t path, bool but_constants)
{
	const struct ir_func *f = v->func->ir;
	for (uint32_t i = 0; i < f->nr_ops; i++) {
		const struct ir_op *op = &f->ops[i];
		if (op->kind != IR_STORE || op->args[0] == IR_NONE ||
			v->address[op->args[0]] != path)
			continue;
		if (!but_constants || op->args[1] == IR_NONE ||
			f->ops[v->origin[op->args[1]]].kind != IR_CONST)
			return true;
	}
	return false;
}

/* The parameter that the value is, however many views are wrapped around it; -1: none. */
static int param_of(const struct values *v, ir_value value, bool but_constants)
{
	value = pair_unwrap(v, value);
	if (value == IR_NONE)
		return -1;
	const struct ir_op *op = &v->func->ir->ops[value];
	if (op->kind == IR_CALL && (op->flags & IR_CALL_METHOD) && op->nr_args == 1 &&
		op->args[0] != IR_NONE)
		value = v->origin[op->args[0]]; /* name.c_str() */
	uint32_t path = v->content[value] != NO_PATH ? v->content[value] : v->address[value];
	while (path != NO_PATH && v->paths.at[path].kind == PATH_DEREF)
		path = v->paths.at[path].base;
	if (path == NO_PATH || v->paths.at[path].kind != PATH_VAR ||
		v->paths.at[path].var >= v->func->ir->nr_params ||
		is_replaced(v, path, but_constants))
		return -1;
	return (int)v->paths.at[path].var;
}

int pair_param(const struct values *v, ir_value key)
{
	return param_of(v, key, false);
}

static const struct forwards *forwards_of(struct pair_finder *x, struct func *f)
{
	static const struct forwards nothing = {0};
	if (f->forwards) {
		x->is_partial |= f->forwards->is_busy;
		return f->forwards->is_busy ? &nothing : f->forwards;
	}
	if (!f->ir->nr_params)
		return &nothing;
	struct forwards *out = f->forwards = arena_new(x->p->arena, struct forwards);
	const struct values *v = values_of(x->p, f);
	out->is_busy = true;
	for (uint32_t i = 0; i < f->nr_calls; i++) {
		const struct pairs *pairs = pairs_of(x->p, f, &f->calls[i]);
		for (size_t k = 0; k < pairs->all.nr; k++) {
			const struct pair *pair = &pairs->all.at[k];
			struct forward forward = {pair->text ? -1 : pair_param(v, pair->key),
				param_of(v, pair->value, true), pair};
			if (forward.key >= 0 || (pair->text && forward.value >= 0))
				vec_push(x->p->arena, &out->all, forward);
		}
	}
	out->is_busy = false;
	return out;
}

/* A constructor's object is no argument, but it is the first parameter. */
static ir_value argument(const struct ir_op *op, int param)
{
	int k = param - ((op->flags & IR_CALL_CONSTRUCT) ? 1 : 0);
	return k >= 0 && (uint32_t)k < op->nr_args ? op->args[k] : IR_NONE;
}

static void add_forwarded(struct pair_finder *x, const struct call *call)
{
	const struct ir_op *op = &x->f->ir->ops[call->op];
	const struct forwards *forwards = forwards_of(x, call->callee);
	for (size_t i = 0; i < forwards->all.nr; i++) {
		const struct forward *w = &forwards->all.at[i];
		ir_value key = argument(op, w->key);
		if (w->key >= 0 && key == IR_NONE)
			continue;
		x->base.effect = w->pair->effect;
		x->base.model = w->pair->model;
		x->base.through = call->callee;
		x->base.inner = w->pair;
		x->base.text = w->key < 0 ? w->pair->text : NULL;
		pair_add(x, call->op, key, argument(op, w->value));
	}
}

/* ---- asking ---- */

const struct pairs *pairs_of(struct program *p, struct func *f, const struct call *call)
{
	static const struct pairs none = {0};
	struct call *own = &f->calls[call - f->calls];
	bool is_modelled = call->model && has_pairs(call->model);
	bool is_helper = !call->model && call->callee && call->callee != f;
	if (own->pairs || (!is_modelled && !is_helper))
		return own->pairs ? own->pairs : &none;
	struct pairs found = {0};
	struct pair_finder x = {.p = p, .f = f, .v = values_of(p, f), .out = &found};
	x.base.op = call->op;
	if (is_modelled) {
		x.base.effect = call->model->effect;
		x.base.model = call->model;
		add_modelled(&x, call->model, call->op);
	} else {
		add_forwarded(&x, call);
	}
	const struct pairs *out = &none;
	if (found.all.nr || found.has_unknown) {
		struct pairs *kept = arena_new(p->arena, struct pairs);
		*kept = found;
		out = kept;
	}
	if (!x.is_partial)
		own->pairs = out;
	return out;
}
