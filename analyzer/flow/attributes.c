/* Attribute keys that a call puts on the span of a path. */
#include "flow/attributes.h"

#include "flow/strings.h"

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

void attributes_add(struct effects *fx, struct state *s, const struct key_set *keys)
{
	for (size_t i = 0; i < keys->nr; i++)
		add_key(fx, s, keys->at[i]);
	if (keys->has_unknown)
		add_key(fx, s, NULL);
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

void attributes_apply(
	struct effects *fx, struct state *s, const struct model_call *m, const struct ir_op *op)
{
	if (m->key_text[0])
		add_key(fx, s, m->key_text);
	unsigned nr_args = ir_call_nr_args(op);
	for (unsigned at = m->key >= 0 ? (unsigned)m->key : nr_args + 1; at <= nr_args; at += 2) {
		add_key(fx, s, value_string(fx->values, ir_call_arg(op, at)));
		if (!(m->flags & MODEL_REPEATS) || at + 2 >= nr_args)
			break; /* the list ends with a NULL */
	}
	if (m->attributes >= 0)
		add_listed_keys(fx, s, ir_call_arg(op, (unsigned)m->attributes), 0);
}
