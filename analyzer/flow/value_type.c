/* Types of attribute values, from the types of the C and C++ expressions that are passed. */
#include "flow/value_type.h"

#include "base/str.h"
#include "flow/strings.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#define MAX_DEPTH 10

static const char *without_qualifiers(const char *s)
{
	for (;;) {
		if (str_has_prefix(s, "const "))
			s += strlen("const ");
		else if (str_has_prefix(s, "volatile "))
			s += strlen("volatile ");
		else
			return s;
	}
}

static enum attribute_type scalar(const char *s, size_t n)
{
	static const struct {
		const char *name;
		enum attribute_type type;
	} scalars[] = {{"bool", TYPE_BOOLEAN}, {"_Bool", TYPE_BOOLEAN}, {"short", TYPE_INT},
		{"unsigned short", TYPE_INT}, {"int", TYPE_INT}, {"unsigned int", TYPE_INT},
		{"long", TYPE_INT}, {"unsigned long", TYPE_INT}, {"long long", TYPE_INT},
		{"unsigned long long", TYPE_INT}, {"float", TYPE_DOUBLE}, {"double", TYPE_DOUBLE}};
	for (size_t i = 0; i < sizeof(scalars) / sizeof(scalars[0]); i++)
		if (strlen(scalars[i].name) == n && strncmp(scalars[i].name, s, n) == 0)
			return scalars[i].type;
	return TYPE_UNKNOWN;
}

static bool is_text(const char *s)
{
	if (str_has_prefix(s, "char *") || str_has_prefix(s, "char["))
		return true;
	if (str_has_prefix(s, "std::") &&
		(strstr(s, "basic_string<char") == s + 5 ||
			str_has_prefix(s, "std::__cxx11::basic_string<char") ||
			str_has_prefix(s, "std::__1::basic_string<char") ||
			str_has_prefix(s, "std::basic_string_view<char") ||
			str_has_prefix(s, "std::__1::basic_string_view<char")))
		return true;
	/* opentelemetry::nostd::string_view, with or without an inline namespace */
	size_t n = strcspn(s, "<");
	return !s[n] && strstr(s, "nostd::string_view");
}

enum attribute_type spelled_attribute_type(const char *s)
{
	s = without_qualifiers(s);
	size_t n = strlen(s);
	while (n && (s[n - 1] == '&' || s[n - 1] == ' '))
		n--;
	enum attribute_type type = scalar(s, n);
	if (type != TYPE_UNKNOWN)
		return type;
	return is_text(s) ? TYPE_STRING : TYPE_UNKNOWN;
}

enum attribute_type tagged_attribute_type(const char *enumerator)
{
	static const struct {
		const char *word;
		enum attribute_type type;
	} words[] = {{"bool", TYPE_BOOLEAN}, {"boolean", TYPE_BOOLEAN}, {"int", TYPE_INT},
		{"int32", TYPE_INT}, {"int64", TYPE_INT}, {"uint32", TYPE_INT},
		{"uint64", TYPE_INT}, {"double", TYPE_DOUBLE}, {"string", TYPE_STRING}};
	const char *name = ir_simple_name(enumerator);
	size_t n = strlen(name);
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		size_t m = strlen(words[i].word);
		if (n > m && (name[n - m - 1] == '_' || name[n - m - 1] == 'k') &&
			strcasecmp(name + n - m, words[i].word) == 0)
			return words[i].type;
	}
	return TYPE_UNKNOWN;
}

ir_value value_unwrapped(const struct values *v, ir_value value)
{
	const struct ir_func *f = v->func->ir;
	for (unsigned depth = 0; value != IR_NONE && depth < MAX_DEPTH; depth++) {
		ir_value next = value_of_temporary(v, v->origin[value]);
		if (next != v->origin[value]) {
			value = next;
			continue;
		}
		value = next;
		const struct ir_op *op = &f->ops[value];
		bool is_wrapper = (op->kind == IR_CALL && (op->flags & IR_CALL_CONSTRUCT)) ||
				  op->kind == IR_INIT;
		if (!is_wrapper || op->nr_args != 1)
			return value;
		value = op->args[0];
	}
	return value;
}

/* The type of what a place holds, by the op that makes its address. */
static enum attribute_type type_of_place(const struct values *v, ir_value address, unsigned depth)
{
	const struct ir_func *f = v->func->ir;
	if (address == IR_NONE || depth > MAX_DEPTH)
		return TYPE_UNKNOWN;
	const struct ir_op *op = &f->ops[address];
	switch (op->kind) {
	case IR_VAR:
		return spelled_attribute_type(f->vars[op->var].type);
	case IR_FIELD:
	case IR_INDEX:
	case IR_GLOBAL:
		return spelled_attribute_type(op->type);
	case IR_LOAD: /* through a reference: `const std::string &s` */
		return type_of_place(v, op->args[0], depth + 1);
	default:
		return TYPE_UNKNOWN;
	}
}

static enum attribute_type type_of(const struct values *v, ir_value value, unsigned depth)
{
	const struct ir_func *f = v->func->ir;
	if (value == IR_NONE || depth > MAX_DEPTH)
		return TYPE_UNKNOWN;
	value = value_of_temporary(v, value);
	if (value == IR_NONE)
		return TYPE_UNKNOWN;
	const struct ir_op *op = &f->ops[value];
	enum attribute_type type;
	switch (op->kind) {
	case IR_CONST:
		return op->sub == IR_LIT_STRING                          ? TYPE_STRING
		       : op->sub == IR_LIT_INT || op->sub == IR_LIT_SIZE ? TYPE_INT
		       : op->sub == IR_LIT_FLOAT                         ? TYPE_DOUBLE
		       : op->sub == IR_LIT_BOOL                          ? TYPE_BOOLEAN
									 : TYPE_UNKNOWN;
	case IR_COPY:
		type = spelled_attribute_type(op->type);
		return type != TYPE_UNKNOWN || op->type[0] ? type
							   : type_of(v, op->args[0], depth + 1);
	case IR_CALC:
		return spelled_attribute_type(op->type);
	case IR_CALL:
		type = spelled_attribute_type(op->type);
		if (type == TYPE_UNKNOWN && (op->flags & IR_CALL_CONSTRUCT) && op->nr_args == 1)
			return type_of(v, op->args[0], depth + 1);
		return type;
	case IR_INIT:
		return op->nr_args == 1 ? type_of(v, op->args[0], depth + 1) : TYPE_UNKNOWN;
	case IR_LOAD:
	case IR_VAR:
	case IR_FIELD:
	case IR_INDEX:
	case IR_GLOBAL:
		return type_of_place(v, op->kind == IR_LOAD ? op->args[0] : value, depth + 1);
	default:
		return TYPE_UNKNOWN;
	}
}

enum attribute_type value_attribute_type(const struct values *v, ir_value value)
{
	return type_of(v, value, 0);
}

const char *value_literal(const struct values *v, ir_value value)
{
	value = value_unwrapped(v, value);
	if (value == IR_NONE)
		return NULL;
	const struct ir_op *op = &v->func->ir->ops[value];
	if (op->kind == IR_CONST && (op->sub == IR_LIT_INT || op->sub == IR_LIT_FLOAT ||
					    op->sub == IR_LIT_BOOL || op->sub == IR_LIT_ENUM))
		return op->sym;
	return value_string(v, value);
}

ir_value value_init(const struct values *v, ir_value value)
{
	value = value_of_temporary(v, v->origin[value]);
	if (value == IR_NONE)
		return IR_NONE;
	const struct ir_func *f = v->func->ir;
	if (f->ops[value].kind == IR_INIT)
		return value;
	if (f->ops[value].kind == IR_GLOBAL && f->ops[value].nr_args)
		return value_init(v, f->ops[value].args[0]);
	if (f->ops[value].kind == IR_INDEX || f->ops[value].kind == IR_CALC) {
		/* `&list[2]`, `list + 2`: all of it is meant to be sent */
		ir_value base = f->ops[value].nr_args ? f->ops[value].args[0] : IR_NONE;
		return base == IR_NONE ? IR_NONE : value_init(v, base);
	}
	uint32_t path = v->address[value];
	if (path == NO_PATH || v->paths.at[path].kind != PATH_VAR)
		return IR_NONE;
	ir_value found = IR_NONE;
	for (uint32_t i = 0; i < f->nr_ops; i++) {
		const struct ir_op *op = &f->ops[i];
		if (op->kind != IR_STORE || op->args[0] == IR_NONE || op->args[1] == IR_NONE ||
			v->address[op->args[0]] != path)
			continue;
		ir_value stored = v->origin[op->args[1]];
		const struct ir_op *made = &f->ops[stored];
		if (made->kind == IR_CALL && (made->flags & IR_CALL_CONSTRUCT) &&
			made->nr_args == 1 && made->args[0] != IR_NONE)
			stored = v->origin[made->args[0]]; /* a container of a list */
		if (found != IR_NONE || f->ops[stored].kind != IR_INIT)
			return IR_NONE;
		found = stored;
	}
	return found;
}

enum attribute_type value_tagged_type(const struct values *v, ir_value value, ir_value *inside)
{
	ir_value init = value_init(v, value);
	enum attribute_type type = TYPE_UNKNOWN;
	if (init == IR_NONE)
		return type;
	const struct ir_op *op = &v->func->ir->ops[init];
	for (uint32_t i = 0; i < op->nr_args; i++) {
		if (op->args[i] == IR_NONE)
			continue;
		const struct ir_op *part = &v->func->ir->ops[v->origin[op->args[i]]];
		if (part->kind == IR_CONST && part->sub == IR_LIT_ENUM && type == TYPE_UNKNOWN)
			type = tagged_attribute_type(part->link);
		else
			*inside = op->args[i];
	}
	return type;
}
