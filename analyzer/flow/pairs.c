/* Finds keys and values in calls, lists, containers and wrappers. */
#include "flow/pairs.h"

#include "base/str.h"
#include "flow/strings.h"

#include <string.h>

#define MAX_DEPTH 8

/* A pair that a function sets from its own parameters: seen from its callers. */
struct forward {
	int key, value;          /* parameters, or -1 */
	const char *text;        /* the key when it is constant, or NULL */
	const struct pair *pair; /* of the function itself */
};

struct forwards {
	VEC(struct forward) all;
	bool is_busy;
};

struct finder {
	struct program *p;
	struct func *f;
	const struct values *v;
	struct pairs *out;
	struct pair base;
};

static void add(struct finder *x, uint32_t at, ir_value key, ir_value value)
{
	struct pair pair = x->base;
	pair.at = at;
	pair.key = key;
	pair.value = value;
	pair.text = value_string(x->v, key);
	vec_push(x->p->arena, &x->out->all, pair);
}

/* ---- lists ---- */

static bool is_list(const struct ir_op *op)
{
	return op->kind == IR_INIT ||
	       (op->kind == IR_CALL && (op->flags & IR_CALL_CONSTRUCT) && op->nr_args);
}

static bool is_text_like(struct finder *x, ir_value value)
{
	if (value == IR_NONE)
		return false;
	const struct ir_op *op = &x->f->ir->ops[x->v->origin[value]];
	if (op->kind == IR_CONST)
		return op->sub == IR_LIT_STRING;
	struct string_set texts;
	return value_strings(x->v, value, &texts);
}

/* `{"key", value}`, `std::make_pair(key, value)`, `{.key = …, .value = …}`. */
static bool add_pair(struct finder *x, ir_value at, const struct ir_op *op, unsigned depth)
{
	if (op->kind == IR_INIT && str_has_prefix(op->sym, "key")) {
		add(x, at, op->args[0], op->args[op->nr_args - 1]);
		return true;
	}
	bool is_maker = op->kind == IR_CALL && (str_eq(ir_simple_name(op->sym), "make_pair") ||
						       str_eq(ir_simple_name(op->sym), "pair"));
	if (op->nr_args != 2 || op->args[0] == IR_NONE)
		return false;
	/* lists of pairs are lists of lists: the innermost ones of two are pairs */
	bool is_inner = depth > 0 && op->kind == IR_INIT &&
			!is_list(&x->f->ir->ops[x->v->origin[op->args[0]]]);
	if (!is_maker && !is_inner && !is_text_like(x, op->args[0]))
		return false;
	add(x, at, op->args[0], op->args[1]);
	return true;
}

static void add_container(struct finder *x, ir_value list);

static void add_list(struct finder *x, ir_value list, unsigned depth)
{
	if (list == IR_NONE || depth == MAX_DEPTH)
		return;
	list = value_of_temporary(x->v, x->v->origin[list]);
	if (list == IR_NONE)
		return;
	list = x->v->origin[list];
	const struct ir_op *op = &x->f->ir->ops[list];
	bool is_call = op->kind == IR_CALL && str_eq(ir_simple_name(op->sym), "make_pair");
	if (!is_list(op) && !is_call) {
		add_container(x, list);
		return;
	}
	if (add_pair(x, list, op, depth))
		return;
	for (uint32_t i = 0; i < op->nr_args; i++)
		add_list(x, op->args[i], depth + 1);
}

/* ---- containers ---- */

static bool adds_pair(const struct ir_op *op)
{
	static const char *const names[] = {"emplace", "emplace_back", "insert", "push_back",
		"try_emplace", "insert_or_assign"};
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (str_eq(ir_simple_name(op->sym), names[i]))
			return true;
	return false;
}

/* What `attributes["key"]` is given: by a store, or by its own operator=. */
static ir_value assigned_to(struct finder *x, uint32_t element)
{
	const struct ir_func *f = x->f->ir;
	for (uint32_t i = element + 1; i < f->nr_ops; i++) {
		const struct ir_op *op = &f->ops[i];
		bool is_assign = op->kind == IR_CALL && (op->flags & IR_CALL_METHOD) &&
				 str_eq(ir_simple_name(op->sym), "operator=");
		if ((op->kind == IR_STORE || is_assign) && op->nr_args > 1 &&
			op->args[0] == element)
			return op->args[1];
	}
	return IR_NONE;
}

static void add_method(struct finder *x, uint32_t number)
{
	const struct ir_op *op = &x->f->ir->ops[number];
	if (str_eq(ir_simple_name(op->sym), "operator[]") && op->nr_args == 2) {
		ir_value value = assigned_to(x, number);
		if (value != IR_NONE)
			add(x, number, value_of_temporary(x->v, op->args[1]), value);
	} else if (adds_pair(op) && op->nr_args == 3) {
		add(x, number, op->args[1], op->args[2]);
	} else if (adds_pair(op) && op->nr_args == 2) {
		add_list(x, op->args[1], 1);
	}
}

/* `kv[0].key = "a"; kv[0].value… = x;`: a key goes with the next value that is stored. */
static void add_stores(struct finder *x, uint32_t var)
{
	const struct ir_func *f = x->f->ir;
	ir_value key = IR_NONE;
	uint32_t at = 0;
	for (uint32_t i = 0; i < f->nr_ops; i++) {
		const struct ir_op *op = &f->ops[i];
		if (op->kind != IR_STORE || op->args[0] == IR_NONE)
			continue;
		uint32_t path = x->v->address[op->args[0]];
		if (path == NO_PATH || path_root_var(x->v, path) != var)
			continue;
		const struct path *place = &x->v->paths.at[path];
		const char *name = place->kind == PATH_FIELD ? ir_simple_name(place->sym) : "";
		if (str_eq(name, "key")) {
			if (key != IR_NONE)
				add(x, at, key, IR_NONE);
			key = op->args[1];
			at = i;
		} else if (key != IR_NONE && strstr(name, "value") && op->args[1] != IR_NONE) {
			add(x, at, key, op->args[1]);
			key = IR_NONE;
		} else if (place->kind == PATH_VAR) {
			add_list(x, op->args[1], 1);
		}
	}
	if (key != IR_NONE)
		add(x, at, key, IR_NONE);
}

static void add_container(struct finder *x, ir_value list)
{
	const struct ir_func *f = x->f->ir;
	uint32_t path = x->v->address[list] != NO_PATH ? x->v->address[list] : x->v->content[list];
	uint32_t var = path == NO_PATH ? IR_NONE : path_root_var(x->v, path);
	if (var == IR_NONE || (f->vars[var].flags & (IR_VAR_PARAM | IR_VAR_CAPTURED))) {
		x->out->has_unknown = true;
		return;
	}
	add_stores(x, var);
	for (uint32_t i = 0; i < f->nr_ops; i++) {
		const struct ir_op *op = &f->ops[i];
		if (op->kind == IR_CALL && (op->flags & IR_CALL_METHOD) && op->nr_args > 1 &&
			op->args[0] != IR_NONE && x->v->address[op->args[0]] == path)
			add_method(x, i);
	}
}

/* ---- modelled calls ---- */

static void add_modelled(struct finder *x, const struct model_call *m, uint32_t number)
{
	const struct ir_op *op = &x->f->ir->ops[number];
	unsigned nr_args = ir_call_nr_args(op);
	for (uint32_t i = 0; i < m->nr_key_texts; i++) {
		bool is_only = m->nr_key_texts == 1 && m->value > 0;
		add(x, number, IR_NONE, is_only ? ir_call_arg(op, (unsigned)m->value) : IR_NONE);
		x->out->all.at[x->out->all.nr - 1].text = m->key_texts[i];
	}
	for (unsigned at = m->key >= 0 ? (unsigned)m->key : nr_args + 1; at <= nr_args; at += 2) {
		unsigned value = at + (unsigned)(m->value > m->key ? m->value - m->key : 1);
		ir_value key = ir_call_arg(op, at);
		if (key != IR_NONE)
			add(x, number, key, value <= nr_args ? ir_call_arg(op, value) : IR_NONE);
		if (!(m->flags & MODEL_REPEATS) || at + 2 >= nr_args)
			break;
	}
	if (m->attributes >= 0)
		add_list(x, ir_call_arg(op, (unsigned)m->attributes), 0);
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

/* The parameter that the value is, however many views are wrapped around it; -1: none. */
static int param_of(const struct values *v, ir_value value)
{
	value = pair_unwrap(v, value);
	if (value == IR_NONE)
		return -1;
	const struct ir_op *op = &v->func->ir->ops[value];
	if (op->kind == IR_CALL && (op->flags & IR_CALL_METHOD) && op->nr_args == 1)
		value = v->origin[op->args[0]]; /* name.c_str() */
	uint32_t path = v->content[value] != NO_PATH ? v->content[value] : v->address[value];
	while (path != NO_PATH && v->paths.at[path].kind == PATH_DEREF)
		path = v->paths.at[path].base;
	if (path == NO_PATH || v->paths.at[path].kind != PATH_VAR ||
		v->paths.at[path].var >= v->func->ir->nr_params)
		return -1;
	return (int)v->paths.at[path].var;
}

static const struct forwards *forwards_of(struct program *p, struct func *f)
{
	static const struct forwards nothing = {0};
	if (f->forwards)
		return f->forwards->is_busy ? &nothing : f->forwards;
	if (f->ir->incomplete[0] || !f->ir->nr_params)
		return &nothing;
	struct forwards *out = f->forwards = arena_new(p->arena, struct forwards);
	out->is_busy = true;
	for (uint32_t i = 0; i < f->nr_calls; i++) {
		struct pairs pairs;
		pairs_of(p, f, &f->calls[i], &pairs);
		for (size_t k = 0; k < pairs.all.nr; k++) {
			const struct pair *pair = &pairs.all.at[k];
			const struct values *v = values_of(p, f);
			struct forward forward = {
				param_of(v, pair->key), param_of(v, pair->value), pair->text, pair};
			if ((forward.key < 0 && !pair->text) ||
				(forward.key < 0 && forward.value < 0))
				continue;
			vec_push(p->arena, &out->all, forward);
		}
	}
	out->is_busy = false;
	return out;
}

static ir_value argument(const struct ir_op *op, int param)
{
	int k = param - ((op->flags & IR_CALL_CONSTRUCT) ? 1 : 0);
	return k >= 0 && (uint32_t)k < op->nr_args ? op->args[k] : IR_NONE;
}

static void add_forwarded(struct finder *x, const struct call *call)
{
	const struct ir_op *op = &x->f->ir->ops[call->op];
	const struct forwards *forwards = forwards_of(x->p, call->callee);
	for (size_t i = 0; i < forwards->all.nr; i++) {
		const struct forward *w = &forwards->all.at[i];
		ir_value key = argument(op, w->key);
		if (w->key >= 0 && key == IR_NONE)
			continue;
		x->base.effect = w->pair->effect;
		x->base.model = w->pair->model;
		x->base.through = call->callee;
		x->base.inner = w->pair;
		add(x, call->op, key, argument(op, w->value));
		if (w->text)
			x->out->all.at[x->out->all.nr - 1].text = w->text;
	}
}

void pairs_of(struct program *p, struct func *f, const struct call *call, struct pairs *out)
{
	*out = (struct pairs){0};
	struct finder x = {.p = p, .f = f, .v = values_of(p, f), .out = out};
	x.base.op = call->op;
	if (call->model && has_pairs(call->model)) {
		x.base.effect = call->model->effect;
		x.base.model = call->model;
		add_modelled(&x, call->model, call->op);
	} else if (!call->model && call->callee && call->callee != f) {
		add_forwarded(&x, call);
	}
}
