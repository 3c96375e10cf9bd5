/* Finds the literals behind keys that come from tables and records. */
#include "flow/key_choices.h"

#include "flow/value_type.h"

#include <stdlib.h>
#include <string.h>

#define MAX_DEPTH 8

struct ir_loc literal_place(const struct program *p, const struct values *v, ir_value value)
{
	value = value_unwrapped(v, value);
	if (value == IR_NONE)
		return (struct ir_loc){0};
	const struct ir_op *op = &v->func->ir->ops[value];
	if (op->kind != IR_CONST || op->sub != IR_LIT_STRING)
		return (struct ir_loc){0};
	return op->var ? p->literals.at[op->var - 1] : op->loc;
}

static void choose(struct key_choices *c, ir_value value)
{
	if (value == IR_NONE || c->nr == KEY_CHOICES_MAX)
		c->is_open = true;
	else
		c->at[c->nr++] = value;
}

/* The number of the field in an INIT that names its fields; -1: not there. */
static int field_position(const struct ir_op *init, const char *name)
{
	int position = 0;
	size_t n = strlen(name);
	for (const char *at = init->sym; *at; position++) {
		size_t len = strcspn(at, ",");
		if (len == n && strncmp(at, name, n) == 0)
			return position < (int)init->nr_args ? position : -1;
		at += len + (at[len] == ',');
	}
	return -1;
}

static void choose_parts(const struct values *v, const struct ir_op *address, ir_value whole,
	struct key_choices *out)
{
	const struct ir_op *init = &v->func->ir->ops[v->origin[whole]];
	if (init->kind != IR_INIT) {
		out->is_open = true;
		return;
	}
	if (address->kind == IR_FIELD) {
		int at = field_position(init, ir_simple_name(address->sym));
		choose(out, at < 0 ? IR_NONE : init->args[at]);
		return;
	}
	ir_value index = address->nr_args > 1 ? address->args[1] : IR_NONE;
	const char *number = index == IR_NONE ? NULL : value_literal(v, index);
	if (number) {
		unsigned long at = strtoul(number, NULL, 10);
		choose(out, at < init->nr_args ? init->args[at] : IR_NONE);
		return;
	}
	for (uint32_t i = 0; i < init->nr_args; i++)
		if (init->args[i] != IR_NONE) /* a hole of the table */
			choose(out, init->args[i]);
}

/* What may stand at an address inside of constants and of records made once. */
static void choices_at(
	const struct values *v, ir_value address, struct key_choices *out, unsigned depth)
{
	const struct ir_op *op = address == IR_NONE ? NULL : &v->func->ir->ops[address];
	if (!op || depth == MAX_DEPTH) {
		out->is_open = true;
		return;
	}
	if (op->kind == IR_LOAD || op->kind == IR_COPY) {
		choices_at(v, op->args[0], out, depth + 1); /* a reference, a decayed array */
		return;
	}
	if (op->kind == IR_GLOBAL || op->kind == IR_VAR) {
		choose(out, op->kind == IR_GLOBAL ? (op->nr_args ? op->args[0] : IR_NONE)
						  : value_init(v, address));
		return;
	}
	if (op->kind != IR_INDEX && op->kind != IR_FIELD) {
		out->is_open = true;
		return;
	}
	struct key_choices whole = {0};
	choices_at(v, op->args[0], &whole, depth + 1);
	out->is_open |= whole.is_open;
	for (size_t i = 0; i < whole.nr; i++)
		choose_parts(v, op, whole.at[i], out);
}

bool key_choices_find(const struct values *v, ir_value key, struct key_choices *out)
{
	ir_value value = value_unwrapped(v, key);
	if (value == IR_NONE)
		return false;
	const struct ir_op *op = &v->func->ir->ops[value];
	if (op->kind == IR_CONST)
		choose(out, value);
	else if (op->kind == IR_LOAD || op->kind == IR_GLOBAL || op->kind == IR_INDEX ||
		 op->kind == IR_FIELD) /* an object is passed by its address */
		choices_at(v, op->kind == IR_LOAD ? op->args[0] : value, out, 0);
	for (size_t i = 0; i < out->nr; i++) {
		out->at[i] = value_unwrapped(v, out->at[i]);
		const struct ir_op *text = &v->func->ir->ops[out->at[i]];
		if (text->kind != IR_CONST || text->sub != IR_LIT_STRING)
			return false;
	}
	return out->nr && !out->is_open;
}
