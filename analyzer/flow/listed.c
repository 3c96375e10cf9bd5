/* Reads lists of pairs, and the containers and arrays that a function fills with them. */
#include "flow/listed.h"

#include "base/str.h"
#include "flow/value_type.h"

#include <string.h>

#define MAX_DEPTH 8

static void add_list(struct pair_finder *x, ir_value list, unsigned depth);

static bool is_one_of(const char *name, const char *const *names)
{
	for (; *names; names++)
		if (str_eq(name, *names))
			return true;
	return false;
}

/* ---- lists ---- */

static bool is_list(const struct ir_op *op)
{
	return op->kind == IR_INIT || (op->kind == IR_CALL && (op->flags & IR_CALL_CONSTRUCT));
}

static bool is_pair_maker(const struct ir_op *op)
{
	const char *name = op->kind == IR_CALL ? ir_simple_name(op->sym) : "";
	return str_eq(name, "make_pair") || str_eq(name, "pair");
}

/* The op that made the value, however it was copied since. */
static ir_value maker(const struct pair_finder *x, ir_value value)
{
	value = value_of_temporary(x->v, x->v->origin[value]);
	return value == IR_NONE ? IR_NONE : x->v->origin[value];
}

/* `{.key = "a"}`: a record of one text is no text. */
static bool is_record(const struct pair_finder *x, ir_value value)
{
	value = maker(x, value);
	return value != IR_NONE && x->f->ir->ops[value].kind == IR_INIT &&
	       x->f->ir->ops[value].sym[0];
}

/* A text, or something that may be one: `{key, value}` and not `{pair, pair}`. */
static bool may_be_key(const struct pair_finder *x, ir_value value)
{
	enum attribute_type type = value_attribute_type(x->v, value);
	value = maker(x, value);
	if (type != TYPE_UNKNOWN || value == IR_NONE)
		return type == TYPE_STRING;
	const struct ir_op *op = &x->f->ir->ops[value];
	if (op->kind == IR_VAR && strstr(x->f->ir->vars[op->var].type, "pair<"))
		return false;
	return !is_list(op) && !is_pair_maker(op);
}

static bool is_text(const struct pair_finder *x, ir_value value)
{
	return value_attribute_type(x->v, value) == TYPE_STRING;
}

/* `{"key", value}`, `std::make_pair(key, value)`, `{.key = …, .value = …}`, a record of a key, a
 * tag and a value, a function of the house that makes one of them. */
static bool add_pair(struct pair_finder *x, ir_value at, const struct ir_op *op, unsigned depth)
{
	if (!op->nr_args || op->args[0] == IR_NONE || is_record(x, op->args[0]))
		return false;
	ir_value key = op->args[0], last = op->args[op->nr_args - 1];
	bool is_inner = depth > 0 && may_be_key(x, key);
	bool is_pair;
	if (op->kind == IR_INIT && str_has_prefix(op->sym, "key"))
		is_pair = true;
	else if (op->nr_args == 2 && op->kind == IR_INIT)
		is_pair = is_inner || is_text(x, key);
	else if (op->nr_args == 2 && is_pair_maker(op))
		is_pair = true;
	else if (op->kind == IR_INIT)
		is_pair = op->nr_args > 2 && depth > 0 && is_text(x, key) &&
			  !str_has_suffix(op->type, "]");
	else
		is_pair = op->nr_args == 2 && is_text(x, key) &&
			  (depth > 0 || (op->flags & IR_CALL_CONSTRUCT)) &&
			  !(op->flags & IR_CALL_METHOD);
	if (is_pair)
		pair_add(x, at, key, op->nr_args > 1 ? last : IR_NONE);
	return is_pair;
}

/* ---- containers ---- */

static bool is_adder(const char *name)
{
	static const char *const names[] = {"emplace", "emplace_back", "insert", "push_back",
		"try_emplace", "insert_or_assign", NULL};
	return is_one_of(name, names);
}

/* Adds nothing. */
static bool is_reader(const char *name)
{
	static const char *const names[] = {"begin", "end", "cbegin", "cend", "rbegin", "rend",
		"size", "empty", "find", "count", "contains", "at", "reserve", "capacity", "data",
		"front", "back", "length", "clear", "erase", NULL};
	return is_one_of(name, names) || str_has_prefix(name, "operator ");
}

/* What `attributes["key"]` is given: by a store, or by its own operator=. */
static ir_value assigned_to(const struct pair_finder *x, uint32_t element)
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

static void add_element(struct pair_finder *x, uint32_t number, const struct ir_op *op)
{
	ir_value value = assigned_to(x, number), key = op->args[1];
	if (value == IR_NONE || key == IR_NONE)
		x->out->has_unknown = true;
	else if (value_attribute_type(x->v, key) == TYPE_INT)
		add_list(x, value, 1); /* a vector's */
	else
		pair_add(x, number, value_of_temporary(x->v, key), value);
}

static void add_method(struct pair_finder *x, uint32_t number, unsigned depth)
{
	const struct ir_op *op = &x->f->ir->ops[number];
	const char *name = ir_simple_name(op->sym);
	if (str_eq(name, "operator[]") && op->nr_args == 2)
		add_element(x, number, op);
	else if (is_adder(name) && op->nr_args == 3 && op->args[1] != IR_NONE &&
		 (!str_eq(name, "insert") || is_text(x, op->args[1])))
		pair_add(x, number, op->args[1], op->args[2]);
	else if ((is_adder(name) || str_eq(name, "operator=")) && op->nr_args == 2)
		add_list(x, op->args[1], depth + 1);
	else if (!is_reader(name))
		x->out->has_unknown = true;
}

/* `kv[0].key = "a"; kv[0].value… = x;`: a key goes with the next value that is stored. */
static void add_stores(struct pair_finder *x, uint32_t container, unsigned depth)
{
	const struct ir_func *f = x->f->ir;
	ir_value key = IR_NONE;
	uint32_t at = 0;
	for (uint32_t i = 0; i < f->nr_ops; i++) {
		const struct ir_op *op = &f->ops[i];
		if (op->kind != IR_STORE || op->args[0] == IR_NONE)
			continue;
		uint32_t path = x->v->address[op->args[0]];
		if (path == NO_PATH || !path_is_within(x->v, path, container))
			continue;
		const struct path *place = &x->v->paths.at[path];
		const char *name = place->kind == PATH_FIELD ? ir_simple_name(place->sym) : "";
		bool is_element = place->kind == PATH_INDEX && place->base == container;
		if (path == container || is_element) {
			add_list(x, op->args[1], depth + 1);
		} else if (str_eq(name, "key") && op->args[1] != IR_NONE) {
			if (key != IR_NONE)
				pair_add(x, at, key, IR_NONE);
			key = op->args[1];
			at = i;
		} else if (key != IR_NONE && strstr(name, "value") && op->args[1] != IR_NONE) {
			pair_add(x, at, key, op->args[1]);
			key = IR_NONE;
		}
	}
	if (key != IR_NONE)
		pair_add(x, at, key, IR_NONE);
}

static bool is_handed(const struct pair_finder *x, const struct ir_op *op, uint32_t path)
{
	for (uint32_t k = 0; k < op->nr_args; k++)
		if (op->args[k] != IR_NONE &&
			(x->v->address[op->args[k]] == path || x->v->content[op->args[k]] == path))
			return true;
	return false;
}

/* Calls that fill it, and those that may. */
static void add_calls(struct pair_finder *x, uint32_t path, unsigned depth)
{
	const struct ir_func *f = x->f->ir;
	for (uint32_t i = 0; i < f->nr_ops; i++) {
		const struct ir_op *op = &f->ops[i];
		if (op->kind != IR_CALL && op->kind != IR_LAMBDA)
			continue;
		const struct call *call = op->kind == IR_CALL ? func_call(x->f, i) : NULL;
		if (op->kind == IR_CALL && (op->flags & IR_CALL_METHOD) && op->nr_args &&
			op->args[0] != IR_NONE && x->v->address[op->args[0]] == path)
			add_method(x, i, depth);
		else if (!(op->flags & IR_CALL_CONSTRUCT) && !(call && call->model) &&
			 is_handed(x, op, path))
			x->out->has_unknown = true;
	}
}

static void add_container(struct pair_finder *x, ir_value list, unsigned depth)
{
	uint32_t path = x->v->address[list] != NO_PATH ? x->v->address[list] : x->v->content[list];
	while (path != NO_PATH && x->v->paths.at[path].kind == PATH_INDEX)
		path = x->v->paths.at[path].base;
	uint32_t var = path == NO_PATH ? IR_NONE : path_root_var(x->v, path);
	for (uint32_t i = 0; path != NO_PATH && i < x->nr_seen; i++)
		if (x->seen[i] == path)
			return;
	if (var == IR_NONE || x->nr_seen == MAX_CONTAINERS ||
		(x->f->ir->vars[var].flags & (IR_VAR_PARAM | IR_VAR_CAPTURED)))
		x->out->has_unknown = true; /* others fill it as well */
	if (var == IR_NONE || x->nr_seen == MAX_CONTAINERS)
		return;
	x->seen[x->nr_seen++] = path;
	add_stores(x, path, depth);
	add_calls(x, path, depth);
}

/* ---- both ---- */

/* What a call makes: a list of its arguments, a wrapper around one, or nobody knows. */
static void add_made(struct pair_finder *x, const struct ir_op *op, unsigned depth)
{
	ir_value first = op->nr_args == 1 ? op->args[0] : IR_NONE;
	if (is_list(op)) {
		for (uint32_t i = 0; i < op->nr_args; i++)
			if (op->args[i] != IR_NONE || op->kind != IR_INIT) /* a hole */
				add_list(x, op->args[i], depth + 1);
		return;
	}
	x->out->has_unknown = true;
	if (first != IR_NONE)
		first = maker(x, first);
	if (first != IR_NONE && is_list(&x->f->ir->ops[first]))
		add_list(x, first, depth + 1);
}

/* NULL, or how long a list is. */
static bool is_scalar(const struct pair_finder *x, ir_value value)
{
	enum attribute_type type = value_attribute_type(x->v, value);
	return x->f->ir->ops[value].kind == IR_CONST || (type >= TYPE_INT && type <= TYPE_BOOLEAN);
}

static void add_list(struct pair_finder *x, ir_value list, unsigned depth)
{
	list = list == IR_NONE ? IR_NONE : maker(x, list);
	if (list == IR_NONE || depth >= MAX_DEPTH) {
		x->out->has_unknown = true;
		return;
	}
	const struct ir_op *op = &x->f->ir->ops[list];
	const struct ir_op *from =
		op->nr_args && op->args[0] != IR_NONE ? &x->f->ir->ops[op->args[0]] : NULL;
	if ((op->kind == IR_INIT || op->kind == IR_CALL) && add_pair(x, list, op, depth))
		return;
	if (op->kind == IR_INIT || op->kind == IR_CALL) {
		add_made(x, op, depth);
		return;
	}
	if (op->kind == IR_GLOBAL && op->nr_args)
		add_list(x, op->args[0], depth); /* a table */
	else if (op->kind == IR_LOAD && from && from->kind == IR_GLOBAL && from->nr_args)
		add_list(x, from->args[0], depth);
	else if ((op->kind == IR_INDEX || op->kind == IR_CALC) && from)
		add_list(x, op->args[0], depth); /* `&list[2]`: all of it is meant to be sent */
	else if (!is_scalar(x, list))
		add_container(x, list, depth);
}

void listed_pairs(struct pair_finder *x, ir_value list)
{
	add_list(x, list, 0);
}
