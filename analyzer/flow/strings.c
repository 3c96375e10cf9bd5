/* Evaluates constant strings through copies, views, tables and locals that only hold constants. */
#include "flow/strings.h"

#include "base/str.h"

#include <stdlib.h>
#include <string.h>

#define MAX_DEPTH 10

/* Values that a place may hold. */
struct found {
	ir_value at[STRINGS_MAX];
	size_t nr;
};

static bool places(const struct values *v, ir_value address, struct found *out, unsigned depth);
static bool strings_of(
	const struct values *v, ir_value value, struct string_set *out, unsigned depth);

static bool add_found(struct found *out, ir_value value)
{
	if (out->nr == STRINGS_MAX || value == IR_NONE)
		return false;
	out->at[out->nr++] = value;
	return true;
}

static bool add_string(struct string_set *out, const char *text)
{
	for (size_t i = 0; i < out->nr; i++)
		if (str_eq(out->at[i], text))
			return true;
	if (out->nr == STRINGS_MAX)
		return false;
	out->at[out->nr++] = text;
	return true;
}

bool string_is_changed_by(const struct ir_op *call)
{
	static const char *const names[] = {"operator+=", "operator=", "append", "assign",
		"push_back", "insert", "replace", "erase", "clear", "resize", "swap", "pop_back",
		"operator<<", "operator[]"};
	if (!(call->flags & IR_CALL_METHOD))
		return false;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (str_eq(ir_simple_name(call->sym), names[i]))
			return true;
	return false;
}

/* Its address given away, or text added to it: anyone may write. */
static bool is_written_by(const struct values *v, uint32_t number, uint32_t path)
{
	const struct ir_op *op = &v->func->ir->ops[number];
	const struct call *call = func_call(v->func, number);
	if (!call || call->model)
		return false;
	if (op->flags & IR_CALL_METHOD)
		return op->nr_args && op->args[0] != IR_NONE && v->address[op->args[0]] == path &&
		       string_is_changed_by(op);
	/* a temporary: it is bound to a reference to const */
	const struct path *place = &v->paths.at[path];
	if (place->kind == PATH_VAR && (v->func->ir->vars[place->var].flags & IR_VAR_SYNTHETIC))
		return false;
	for (uint32_t k = 0; k < op->nr_args; k++)
		if (op->args[k] != IR_NONE && v->address[op->args[k]] == path)
			return true;
	return false;
}

/* Every value ever stored to a local variable that is not a parameter. */
static bool stores(const struct values *v, uint32_t path, struct found *out)
{
	const struct ir_func *f = v->func->ir;
	const struct path *place = &v->paths.at[path];
	if (place->kind != PATH_VAR ||
		(!place->is_local && !(f->vars[place->var].flags & IR_VAR_STATIC)))
		return false;
	if (f->vars[place->var].flags & (IR_VAR_PARAM | IR_VAR_CAPTURED | IR_VAR_CATCH))
		return false;
	for (uint32_t i = 0; i < f->nr_ops; i++) {
		const struct ir_op *op = &f->ops[i];
		if (op->kind == IR_STORE && op->args[0] != IR_NONE) {
			uint32_t to = v->address[op->args[0]];
			if (to == NO_PATH || !path_is_within(v, to, path))
				continue;
			if (to != path || !add_found(out, op->args[1]))
				return false;
		} else if (op->kind == IR_CALL && is_written_by(v, i, path)) {
			return false;
		}
	}
	return out->nr > 0;
}

/* The number behind `table[RED]`; -1 when it is not constant. */
static long constant_index(const struct values *v, ir_value value)
{
	if (value == IR_NONE)
		return -1;
	const struct ir_op *op = &v->func->ir->ops[v->origin[value]];
	return op->kind == IR_CONST && (op->sub == IR_LIT_INT || op->sub == IR_LIT_ENUM)
		       ? atol(op->sym)
		       : -1;
}

/* `[RED] = x` in a list that was lowered where it stands. */
static bool has_index_names(const struct ir_op *list)
{
	return strstr(list->sym, "[]") != NULL;
}

static bool elements(
	const struct values *v, const struct ir_op *op, struct found *out, unsigned depth)
{
	struct found lists = {0};
	long at = constant_index(v, op->nr_args > 1 ? op->args[1] : IR_NONE);
	if (!places(v, op->args[0], &lists, depth + 1))
		return false;
	for (size_t i = 0; i < lists.nr; i++) {
		const struct ir_op *list = &v->func->ir->ops[lists.at[i]];
		if (list->kind != IR_INIT)
			return false;
		if (at >= 0 && !has_index_names(list)) {
			if ((uint32_t)at >= list->nr_args || !add_found(out, list->args[at]))
				return false;
			continue;
		}
		for (uint32_t k = 0; k < list->nr_args; k++)
			if (list->args[k] != IR_NONE && !add_found(out, list->args[k]))
				return false;
	}
	return out->nr > 0;
}

/* The element of `{.key = "a", .type = 1}` by its name. */
static ir_value member(const struct ir_op *record, const char *field)
{
	const char *at = record->sym;
	size_t n = strlen(field);
	for (uint32_t i = 0; i < record->nr_args && *at; i++) {
		size_t len = strcspn(at, ",");
		if (len == n && memcmp(at, field, n) == 0)
			return record->args[i];
		at += len + (at[len] == ',');
	}
	return IR_NONE;
}

static bool members(
	const struct values *v, const struct ir_op *op, struct found *out, unsigned depth)
{
	struct found records = {0};
	if (!places(v, op->args[0], &records, depth + 1))
		return false;
	for (size_t i = 0; i < records.nr; i++) {
		const struct ir_op *record = &v->func->ir->ops[records.at[i]];
		if (record->kind != IR_INIT ||
			!add_found(out, member(record, ir_simple_name(op->sym))))
			return false;
	}
	return out->nr > 0;
}

/* The values behind an address. */
static bool places(const struct values *v, ir_value address, struct found *out, unsigned depth)
{
	if (address == IR_NONE || depth > MAX_DEPTH)
		return false;
	const struct ir_op *op = &v->func->ir->ops[v->origin[address]];
	switch (op->kind) {
	case IR_GLOBAL:
		return op->nr_args && add_found(out, op->args[0]);
	case IR_VAR:
		return v->address[address] != NO_PATH && stores(v, v->address[address], out);
	case IR_INDEX:
		return elements(v, op, out, depth);
	case IR_FIELD:
		return members(v, op, out, depth);
	case IR_LOAD: /* of a pointer or reference: where that points to */
		if (v->address[address] != NO_PATH &&
			v->paths.at[v->address[address]].kind == PATH_VAR)
			return stores(v, v->address[address], out);
		return places(v, op->args[0], out, depth + 1);
	default:
		return false;
	}
}

/* A view of a literal and its length, `c_str()`, a conversion. */
static bool is_view(const struct values *v, const struct ir_op *op)
{
	unsigned nr = ir_call_nr_args(op);
	if (op->flags & IR_CALL_CONSTRUCT) {
		if (nr != 2)
			return nr == 1;
		const struct ir_op *length = &v->func->ir->ops[v->origin[ir_call_arg(op, 2)]];
		const struct ir_op *text = &v->func->ir->ops[v->origin[ir_call_arg(op, 1)]];
		return text->kind == IR_CONST && text->sub == IR_LIT_STRING &&
		       length->kind == IR_CONST &&
		       (length->sub == IR_LIT_SIZE ||
			       (length->sub == IR_LIT_INT &&
				       atol(length->sym) == (long)strlen(text->sym)));
	}
	const char *name = ir_simple_name(op->sym);
	return (op->flags & IR_CALL_METHOD) && nr == 0 &&
	       (str_eq(name, "c_str") || str_eq(name, "data") || str_has_prefix(name, "operator "));
}

static bool strings_of(
	const struct values *v, ir_value value, struct string_set *out, unsigned depth)
{
	if (value == IR_NONE || depth > MAX_DEPTH)
		return false;
	value = v->origin[value];
	const struct ir_op *op = &v->func->ir->ops[value];
	struct found found = {0};
	switch (op->kind) {
	case IR_CONST:
		return op->sub == IR_LIT_STRING && add_string(out, op->sym);
	case IR_CALL:
		return op->nr_args && is_view(v, op) && strings_of(v, op->args[0], out, depth + 1);
	case IR_INIT:
		return op->nr_args == 1 && strings_of(v, op->args[0], out, depth + 1);
	case IR_LOAD:
	case IR_VAR:
	case IR_GLOBAL:
	case IR_INDEX:
	case IR_FIELD:
		break;
	default:
		return false;
	}
	ir_value address = value;
	if (op->kind == IR_LOAD && v->address[value] == NO_PATH)
		address = op->args[0];
	if (!places(v, address, &found, depth))
		return false;
	for (size_t i = 0; i < found.nr; i++)
		if (!strings_of(v, found.at[i], out, depth + 1))
			return false;
	return true;
}

bool value_strings(const struct values *v, ir_value value, struct string_set *out)
{
	out->nr = 0;
	return strings_of(v, value, out, 0) && out->nr > 0;
}

const char *value_string(const struct values *v, ir_value value)
{
	struct string_set set;
	return value_strings(v, value, &set) && set.nr == 1 ? set.at[0] : NULL;
}
