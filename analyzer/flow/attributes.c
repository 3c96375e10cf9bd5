/* Attribute keys that a call puts on the span of a path. */
#include "flow/attributes.h"

#include "base/str.h"
#include "flow/strings.h"

#include <stdlib.h>

/* The key that is the function's parameter k is spelled "\1k" until a caller says what it is. */
#define PARAM_MARK '\1'

bool key_is_param(const char *key)
{
	return key[0] == PARAM_MARK;
}

uint32_t key_param(const char *key)
{
	return (uint32_t)strtoul(key + 1, NULL, 10);
}

static bool is_written(const struct effects *fx, uint32_t path)
{
	const struct ir_func *f = fx->func->ir;
	for (uint32_t i = 0; i < f->nr_ops; i++)
		if (f->ops[i].kind == IR_STORE && f->ops[i].args[0] != IR_NONE &&
			fx->values->address[f->ops[i].args[0]] == path)
			return true;
	return false;
}

/* What the value is as a key: its text, the mark of the parameter it is, or NULL. */
static const char *key_of(const struct effects *fx, ir_value value)
{
	const char *text = value_string(fx->values, value);
	if (text || value == IR_NONE)
		return text;
	const struct values *v = fx->values;
	value = v->origin[value];
	const struct ir_op *op = &fx->func->ir->ops[value];
	if (op->kind == IR_CALL && (op->flags & IR_CALL_CONSTRUCT) && op->nr_args == 1)
		value = v->origin[op->args[0]]; /* a view of it */
	uint32_t path = v->content[value] != NO_PATH ? v->content[value] : v->address[value];
	if (path == NO_PATH || v->paths.at[path].kind != PATH_VAR ||
		v->paths.at[path].var >= fx->func->ir->nr_params || is_written(fx, path))
		return NULL;
	return arena_printf(fx->program->arena, "%c%u", PARAM_MARK, v->paths.at[path].var);
}

static void add_key(struct effects *fx, struct state *s, const char *key)
{
	int bit = KEY_UNKNOWN;
	if (key) {
		bit = walk_key(fx->walk, key);
		if (bit < 0 && fx->walk->keys.nr < KEY_UNKNOWN) {
			vec_push(fx->program->arena, &fx->walk->keys, key);
			bit = (int)fx->walk->keys.nr - 1;
		} else if (bit < 0) {
			bit = KEY_UNKNOWN;
		}
	}
	s->keys |= 1ULL << bit;
}

void attributes_add(struct effects *fx, struct state *s, const struct key_set *keys, uint32_t call)
{
	const struct ir_op *op = &fx->func->ir->ops[call];
	for (size_t i = 0; i < keys->nr; i++) {
		const char *key = keys->at[i];
		if (key_is_param(key)) {
			/* a constructor's object is no argument, but it is the first parameter */
			uint32_t k = key_param(key) - ((op->flags & IR_CALL_CONSTRUCT) ? 1 : 0);
			key = k < op->nr_args ? key_of(fx, op->args[k]) : NULL;
		}
		add_key(fx, s, key);
	}
	if (keys->has_unknown)
		add_key(fx, s, NULL);
}

/* An overload takes something else in this place: options, links. */
static bool is_no_list(const struct effects *fx, ir_value list)
{
	const struct values *v = fx->values;
	uint32_t path = v->content[list] != NO_PATH ? v->content[list] : v->address[list];
	const char *type = path != NO_PATH && v->paths.at[path].kind == PATH_VAR
				   ? fx->func->ir->vars[v->paths.at[path].var].type
				   : fx->func->ir->ops[v->origin[list]].type;
	const struct model_type *t = models_type(fx->program->models, type);
	return t && t->role == ROLE_OTHER;
}

/* {{"key", value}, …}, however many views and lists are wrapped around it. */
static void add_listed_keys(struct effects *fx, struct state *s, ir_value list, unsigned depth)
{
	if (list == IR_NONE)
		return;
	list = fx->values->origin[list];
	const struct ir_op *op = &fx->func->ir->ops[list];
	bool is_list =
		op->kind == IR_INIT || (op->kind == IR_CALL && (op->flags & IR_CALL_CONSTRUCT));
	if (depth == 6 || (!is_list && op->kind != IR_CALL)) {
		add_key(fx, s, NULL);
		return;
	}
	if (op->nr_args == 2 && value_string(fx->values, op->args[0])) {
		add_key(fx, s, value_string(fx->values, op->args[0]));
		return;
	}
	if (!is_list) {
		add_key(fx, s, NULL);
		return;
	}
	for (uint32_t i = 0; i < op->nr_args; i++)
		add_listed_keys(fx, s, op->args[i], depth + 1);
}

bool keys_has_unknown(const struct walk *w, uint64_t keys)
{
	for (size_t i = 0; i < w->keys.nr; i++)
		if (((keys >> i) & 1) && key_is_param(w->keys.at[i]))
			return true;
	return (keys >> KEY_UNKNOWN) & 1;
}

void attributes_apply(
	struct effects *fx, struct state *s, const struct model_call *m, const struct ir_op *op)
{
	for (uint32_t i = 0; i < m->nr_key_texts; i++)
		add_key(fx, s, m->key_texts[i]);
	unsigned nr_args = ir_call_nr_args(op);
	for (unsigned at = m->key >= 0 ? (unsigned)m->key : nr_args + 1; at <= nr_args; at += 2) {
		add_key(fx, s, key_of(fx, ir_call_arg(op, at)));
		if (!(m->flags & MODEL_REPEATS) || at + 2 >= nr_args)
			break; /* the list ends with a NULL */
	}
	ir_value list = m->attributes >= 0 ? ir_call_arg(op, (unsigned)m->attributes) : IR_NONE;
	if (list != IR_NONE && !is_no_list(fx, list))
		add_listed_keys(fx, s, list, 0);
}
