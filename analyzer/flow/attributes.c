/* Attribute keys that a call puts on the span of a path. */
#include "flow/attributes.h"

#include "base/str.h"
#include "flow/classes.h"
#include "flow/pairs.h"
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

/* What the value is as a key: its text, the mark of the parameter it is, or NULL. */
static const char *key_of(const struct effects *fx, ir_value value)
{
	const char *text = value_string(fx->values, value);
	int param = text ? -1 : pair_param(fx->values, value);
	return param < 0 ? text : arena_printf(fx->program->arena, "%c%d", PARAM_MARK, param);
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
			bool is_made = (op->flags & IR_CALL_CONSTRUCT) || op_is_maker(op);
			uint32_t k = key_param(key) - (is_made ? 1 : 0);
			key = k < op->nr_args ? key_of(fx, op->args[k]) : NULL;
		}
		add_key(fx, s, key);
	}
	if (keys->has_unknown)
		add_key(fx, s, NULL);
}

bool keys_has_unknown(const struct walk *w, uint64_t keys)
{
	for (size_t i = 0; i < w->keys.nr; i++)
		if (((keys >> i) & 1) && key_is_param(w->keys.at[i]))
			return true;
	return (keys >> KEY_UNKNOWN) & 1;
}

void attributes_apply(struct effects *fx, struct state *s, const struct call *call)
{
	const struct pairs *pairs = pairs_of(fx->program, fx->func, call);
	for (size_t i = 0; i < pairs->all.nr; i++) {
		const struct pair *pair = &pairs->all.at[i];
		add_key(fx, s, pair->text ? pair->text : key_of(fx, pair->key));
	}
	if (pairs->has_unknown)
		add_key(fx, s, NULL);
}
