/* Prints small expressions back from the IR. */
#include "engine/spell.h"

#include "base/str.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define MAX_DEPTH  6
#define MAX_LENGTH 48

struct speller {
	const struct ir_func *f;
	const struct values *v;
	struct strbuf out;
};

static bool spell_value(struct speller *s, ir_value value, unsigned depth);

static bool spell_const(struct speller *s, const struct ir_op *op)
{
	int number;
	switch (op->sub) {
	case IR_LIT_STRING:
		strbuf_addf(&s->out, "\"%s\"", op->sym);
		return true;
	case IR_LIT_NULL:
		strbuf_add(&s->out, "NULL");
		return true;
	case IR_LIT_ENUM:
		strbuf_add(&s->out, ir_simple_name(op->link));
		return true;
	case IR_LIT_CHAR:
		number = atoi(op->sym);
		if (number < 128 && isgraph(number))
			strbuf_addf(&s->out, "'%c'", number);
		else
			strbuf_add(&s->out, op->sym);
		return true;
	case IR_LIT_SIZE:
		strbuf_add(&s->out, "sizeof(…)");
		return true;
	default:
		strbuf_add(&s->out, op->sym);
		return true;
	}
}

/* Does it read a variable of that kind: `this`, or a reference? Neither shows in the source. */
static bool reads_var(const struct speller *s, const struct ir_op *load, uint32_t flag)
{
	const struct ir_op *from = load->kind == IR_LOAD && load->args[0] != IR_NONE
					   ? &s->f->ops[load->args[0]]
					   : NULL;
	return from && from->kind == IR_VAR && (s->f->vars[from->var].flags & flag);
}

/* The place with that address, as it is written. */
static bool spell_place(struct speller *s, ir_value address, unsigned depth)
{
	if (address == IR_NONE || depth > MAX_DEPTH)
		return false;
	const struct ir_op *op = &s->f->ops[address];
	const struct ir_op *base;
	switch (op->kind) {
	case IR_VAR:
		if (s->f->vars[op->var].flags & IR_VAR_SYNTHETIC)
			return false;
		strbuf_add(&s->out, s->f->vars[op->var].name);
		return true;
	case IR_GLOBAL:
		strbuf_add(&s->out, ir_simple_name(op->sym));
		return true;
	case IR_FIELD:
		base = op->args[0] == IR_NONE ? NULL : &s->f->ops[op->args[0]];
		if (base && !reads_var(s, base, IR_VAR_THIS)) {
			if (!spell_place(s, op->args[0], depth + 1))
				return false;
			bool is_pointer =
				base->kind == IR_LOAD && !reads_var(s, base, IR_VAR_REFERENCE);
			strbuf_add(&s->out, is_pointer ? "->" : ".");
		}
		strbuf_add(&s->out, ir_simple_name(op->sym));
		return base != NULL;
	case IR_INDEX:
		if (!spell_place(s, op->args[0], depth + 1))
			return false;
		strbuf_addc(&s->out, '[');
		if (op->nr_args < 2 || !spell_value(s, op->args[1], depth + 1))
			return false;
		strbuf_addc(&s->out, ']');
		return true;
	case IR_LOAD:
	case IR_COPY:
		return spell_place(s, op->args[0], depth + 1);
	default:
		return false;
	}
}

static bool spell_call(struct speller *s, const struct ir_op *op, unsigned depth)
{
	const char *name = ir_simple_name(op->sym);
	if (str_has_prefix(name, "operator ") || str_eq(name, "operator*") ||
		str_eq(name, "operator->"))
		return op->nr_args == 1 && spell_place(s, op->args[0], depth + 1);
	if (!name[0] || str_has_prefix(name, "operator") || (op->flags & IR_CALL_CONSTRUCT))
		return false;
	strbuf_addf(&s->out, "%s(%s)", name, ir_call_nr_args(op) ? "…" : "");
	return true;
}

static bool spell_pair(struct speller *s, const struct ir_op *op, const char *sign, unsigned depth)
{
	if (op->nr_args == 1)
		strbuf_add(&s->out, sign);
	if (!spell_value(s, op->args[0], depth + 1))
		return false;
	if (op->nr_args == 1)
		return true;
	strbuf_addf(&s->out, " %s ", sign);
	return spell_value(s, op->args[1], depth + 1);
}

static bool spell_value(struct speller *s, ir_value value, unsigned depth)
{
	if (value == IR_NONE || depth > MAX_DEPTH)
		return false;
	const struct ir_op *op = &s->f->ops[value];
	uint32_t stored = s->v->stored[value];
	if (op->kind == IR_CALL && stored != NO_PATH && s->v->paths.at[stored].kind == PATH_VAR) {
		const struct ir_var *var = &s->f->vars[s->v->paths.at[stored].var];
		if (!(var->flags & IR_VAR_SYNTHETIC)) {
			strbuf_add(&s->out, var->name);
			return true;
		}
	}
	switch (op->kind) {
	case IR_CONST:
		return spell_const(s, op);
	case IR_COPY:
		return spell_value(s, op->args[0], depth + 1);
	case IR_LOAD:
		if (op->args[0] != IR_NONE && s->f->ops[op->args[0]].kind == IR_LOAD &&
			!reads_var(s, &s->f->ops[op->args[0]], IR_VAR_REFERENCE))
			strbuf_addc(&s->out, '*');
		return spell_place(s, op->args[0], depth + 1);
	case IR_CALC:
	case IR_COMPARE:
		return op->nr_args > 0 && op->sym[0] && op->sym[0] != '?' &&
		       spell_pair(s, op, op->sym, depth);
	case IR_CALL:
		return spell_call(s, op, depth);
	default:
		return false;
	}
}

static const char *negated(const char *relation)
{
	static const char *const pairs[][2] = {{"==", "!="}, {"<", ">="}, {">", "<="}};
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		if (str_eq(relation, pairs[i][0]))
			return pairs[i][1];
		if (str_eq(relation, pairs[i][1]))
			return pairs[i][0];
	}
	return relation;
}

static const char *type_of(const struct speller *s, const struct ir_op *op)
{
	const struct ir_op *from =
		op->kind == IR_LOAD && op->args[0] != IR_NONE ? &s->f->ops[op->args[0]] : NULL;
	return from && from->kind == IR_VAR ? s->f->vars[from->var].type : op->type;
}

/* How a value that is a condition by itself was: NULL, false, 0. */
static const char *state_of(const struct speller *s, const struct ir_op *op, bool is_true)
{
	const char *type = type_of(s, op);
	if (str_has_suffix(type, "*"))
		return is_true ? "is not NULL" : "is NULL";
	if (str_eq(type, "bool") || str_eq(type, "_Bool"))
		return is_true ? "is true" : "is false";
	if (op->kind == IR_CALC || strstr(type, "int") || strstr(type, "long"))
		return is_true ? "is not 0" : "is 0";
	return is_true ? "is set" : "is not set";
}

static bool is_null(const struct speller *s, ir_value value)
{
	while (value != IR_NONE && s->f->ops[value].kind == IR_COPY)
		value = s->f->ops[value].args[0];
	return value != IR_NONE && s->f->ops[value].kind == IR_CONST &&
	       s->f->ops[value].sub == IR_LIT_NULL;
}

static bool spell(struct speller *s, ir_value value, bool is_true)
{
	if (value == IR_NONE)
		return false;
	const struct ir_op *op = &s->f->ops[value];
	if (op->kind == IR_COPY)
		return spell(s, op->args[0], is_true);
	if (op->kind == IR_COMPARE && str_eq(op->sym, "!"))
		return spell(s, op->args[0], !is_true);
	if (op->kind == IR_COMPARE && op->nr_args == 2) {
		if (!is_null(s, op->args[1]))
			return spell_pair(s, op, is_true ? op->sym : negated(op->sym), 0);
		if (!spell_value(s, op->args[0], 0))
			return false;
		strbuf_add(&s->out, str_eq(op->sym, "==") == is_true ? " is NULL" : " is not NULL");
		return true;
	}
	if (op->kind == IR_CONST || !spell_value(s, value, 0))
		return false;
	strbuf_addf(&s->out, " %s", state_of(s, op, is_true));
	return true;
}

const char *spell_condition(struct program *p, struct func *f, ir_value condition, bool is_true)
{
	struct speller s = {.f = f->ir, .v = values_of(p, f)};
	strbuf_init(&s.out, p->arena);
	if (!spell(&s, condition, is_true))
		return NULL;
	const char *text = strbuf_str(&s.out);
	return strlen(text) <= MAX_LENGTH && !strchr(text, '\n') ? text : NULL;
}
