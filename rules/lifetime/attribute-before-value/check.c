/* attribute-before-value: an attribute is set from a variable that has only its first, constant
 * value by then, and is computed afterwards. */
#include "base/str.h"
#include "engine/tell.h"
#include "flow/strings.h"

#include <string.h>

void rule_attribute_before_value(struct rule_run *run);

/* One attribute call and the variable that it reads. */
struct question {
	struct rule_run *run;
	struct func *f;
	const struct values *v;
	const char *key;
	uint32_t op;   /* the call */
	uint32_t path; /* the variable */
	uint32_t var;
};

struct answer {
	uint32_t first; /* a constant store that reaches the call */
	bool is_known;  /* something else may reach it */
	bool has_entry; /* the beginning of the function reaches it */
	uint32_t later; /* a store of a value afterwards */
	bool is_set_again;
};

enum write { WRITE_NONE, WRITE_CONSTANT, WRITE_VALUE };

static bool is_number(const char *type)
{
	static const char *const words[] = {
		"int", "long", "short", "char", "bool", "_Bool", "double", "float", "enum "};
	if (strstr(type, "::") || strchr(type, '['))
		return false;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strstr(type, words[i]))
			return true;
	return false;
}

static enum write write_at(const struct question *q, uint32_t number)
{
	const struct ir_op *op = &q->f->ir->ops[number];
	if (op->kind == IR_STORE) {
		if (op->args[0] == IR_NONE || q->v->address[op->args[0]] != q->path)
			return WRITE_NONE;
		bool is_constant = op->args[1] != IR_NONE &&
				   q->f->ir->ops[q->v->origin[op->args[1]]].kind == IR_CONST;
		return is_constant ? WRITE_CONSTANT : WRITE_VALUE;
	}
	if (op->kind != IR_CALL || func_call(q->f, number)->model)
		return WRITE_NONE; /* the tracing API reads what it is given */
	for (uint32_t k = 0; k < op->nr_args; k++)
		if (op->args[k] != IR_NONE && q->v->address[op->args[k]] == q->path)
			return WRITE_VALUE;
	return WRITE_NONE;
}

/* Is every use of the variable one that we follow? A pointer to it that is kept is not. */
static bool is_followed(const struct question *q)
{
	const struct ir_func *ir = q->f->ir;
	for (uint32_t i = 0; i < ir->nr_ops; i++) {
		const struct ir_op *op = &ir->ops[i];
		for (uint32_t k = 0; k < op->nr_args; k++) {
			if (op->args[k] == IR_NONE || ir->ops[op->args[k]].kind != IR_VAR ||
				ir->ops[op->args[k]].var != q->var)
				continue;
			if (op->kind != IR_LOAD && op->kind != IR_CALL &&
				!(op->kind == IR_STORE && k == 0))
				return false;
		}
	}
	return true;
}

static uint32_t block_of(const struct ir_func *ir, uint32_t op)
{
	for (uint32_t b = 0; b < ir->nr_blocks; b++)
		if (op >= ir->blocks[b].first && op < ir->blocks[b].first + ir->blocks[b].nr_ops)
			return b;
	return 0;
}

/* What reaches the call: walks back from it to the nearest writes. */
static void look_back(
	const struct question *q, struct answer *a, uint32_t block, uint32_t end, bool *seen)
{
	const struct ir_func *ir = q->f->ir;
	for (uint32_t i = end; i-- > ir->blocks[block].first;) {
		enum write w = write_at(q, i);
		if (w == WRITE_NONE)
			continue;
		if (w == WRITE_VALUE)
			a->is_known = true;
		else
			a->first = i;
		return;
	}
	a->has_entry |= block == 0;
	for (uint32_t b = 0; b < ir->nr_blocks; b++) {
		for (uint32_t e = 0; e < ir->blocks[b].nr_succs; e++) {
			if (ir->blocks[b].succs[e].block != block || seen[b])
				continue;
			seen[b] = true;
			look_back(q, a, b, ir->blocks[b].first + ir->blocks[b].nr_ops, seen);
		}
	}
}

static bool sets_key_again(const struct question *q, uint32_t number)
{
	const struct call *call = func_call(q->f, number);
	const struct model_call *m = call->model;
	if (!m || m->effect != EFFECT_ATTRIBUTE)
		return false;
	if (m->key < 0)
		return true; /* a list: it may be in there */
	const char *key = value_string(q->v, ir_call_arg(&q->f->ir->ops[number], (unsigned)m->key));
	return !key || str_eq(key, q->key);
}

static bool is_end(const struct question *q, uint32_t number)
{
	const struct model_call *m = func_call(q->f, number)->model;
	return m && (m->effect == EFFECT_END || m->effect == EFFECT_RELEASE);
}

/* What follows the call until a span ends: a value for the variable, and then perhaps the
 * attribute again. `seen`: per block, 1 before and 2 after the value came. */
static void look_ahead(const struct question *q, struct answer *a, uint32_t block, uint32_t begin,
	bool has_value, uint8_t *seen)
{
	const struct ir_func *ir = q->f->ir;
	for (uint32_t i = begin; i < ir->blocks[block].first + ir->blocks[block].nr_ops; i++) {
		if (write_at(q, i) == WRITE_VALUE) {
			has_value = true;
			if (a->later == IR_NONE)
				a->later = i;
		}
		if (ir->ops[i].kind != IR_CALL)
			continue;
		a->is_set_again |= has_value && sets_key_again(q, i);
		if (is_end(q, i))
			return;
	}
	for (uint32_t e = 0; e < ir->blocks[block].nr_succs; e++) {
		uint32_t next = ir->blocks[block].succs[e].block;
		uint8_t bit = has_value ? 2 : 1;
		if (seen[next] & bit)
			continue;
		seen[next] |= bit;
		look_ahead(q, a, next, ir->blocks[next].first, has_value, seen);
	}
}

static void report(const struct question *q, const struct answer *a)
{
	const struct ir_func *ir = q->f->ir;
	const struct ir_op *op = &ir->ops[q->op];
	const char *name = ir->vars[q->var].name;
	struct story story = {0};
	if (a->first != IR_NONE)
		story_add(q->run, &story, &ir->ops[a->first].loc, "%s begins as a constant", name);
	else
		story_add(q->run, &story, &ir->vars[q->var].loc, "%s begins without a value", name);
	story_add(q->run, &story, &op->loc, "and is recorded as that");
	story_add(q->run, &story, &ir->ops[a->later].loc, "only here it gets its value");
	tell(q->run, q->f, &op->loc, q->key,
		tell_text(q->run, "attribute %s is set before %s has its value", q->key, name),
		"every span carries the value that the variable began with: the attribute is "
		"there, and "
		"says nothing",
		"set the attribute after the value is known, before the span ends", &story);
}

/* The variable behind an argument, through conversions to the API's value type. */
static uint32_t variable_read(const struct question *q, ir_value value)
{
	for (unsigned depth = 0; value != IR_NONE && depth < 6; depth++) {
		value = value_of_temporary(q->v, value);
		if (value == IR_NONE)
			break;
		const struct ir_op *op = &q->f->ir->ops[value];
		uint32_t path = q->v->content[value];
		if (path == NO_PATH && op->kind == IR_VAR)
			path = q->v->address[value];
		if (path != NO_PATH)
			return q->v->paths.at[path].kind == PATH_VAR ? path : NO_PATH;
		bool is_conversion = op->kind == IR_COPY ||
				     (op->kind == IR_CALL && (op->flags & IR_CALL_CONSTRUCT) &&
					     op->nr_args == 1);
		if (!is_conversion)
			return NO_PATH;
		value = op->args[0];
	}
	return NO_PATH;
}

static void check(struct question *q, const struct model_call *m)
{
	const struct ir_func *ir = q->f->ir;
	const struct ir_op *op = &ir->ops[q->op];
	q->key = value_string(q->v, ir_call_arg(op, (unsigned)m->key));
	q->path = variable_read(q, ir_call_arg(op, (unsigned)m->value));
	if (!q->key || q->path == NO_PATH)
		return;
	q->var = q->v->paths.at[q->path].var;
	const struct ir_var *var = &ir->vars[q->var];
	if ((var->flags & ~(uint32_t)IR_VAR_REFERENCE) || !is_number(var->type) || !is_followed(q))
		return;
	struct answer a = {.first = IR_NONE, .later = IR_NONE};
	uint32_t block = block_of(ir, q->op);
	look_back(q, &a, block, q->op, arena_array(q->run->scratch, bool, ir->nr_blocks));
	/* what the beginning of the function reaches was never given a value at all */
	if (a.is_known || (var->flags & IR_VAR_REFERENCE ? a.has_entry || a.first == IR_NONE
							 : !a.has_entry && a.first == IR_NONE))
		return;
	look_ahead(q, &a, block, q->op + 1, false,
		arena_array(q->run->scratch, uint8_t, ir->nr_blocks));
	if (a.later != IR_NONE && !a.is_set_again)
		report(q, &a);
}

void rule_attribute_before_value(struct rule_run *run)
{
	for (size_t i = 0; i < run->program->funcs.nr; i++) {
		struct func *f = run->program->funcs.at[i];
		if ((f->ir->flags & (IR_FUNC_SYSTEM | IR_FUNC_TEMPLATE)) || f->ir->incomplete[0])
			continue;
		for (uint32_t k = 0; k < f->nr_calls; k++) {
			const struct model_call *m = f->calls[k].model;
			if (!m || m->effect != EFFECT_ATTRIBUTE || m->key < 0 || m->value < 0)
				continue;
			struct question q = {.run = run,
				.f = f,
				.v = values_of(run->program, f),
				.op = f->calls[k].op};
			check(&q, m);
		}
	}
}
