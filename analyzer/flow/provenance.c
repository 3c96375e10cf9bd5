/* Follows a string back to what it is made of, within one function. */
#include "flow/provenance.h"

#include "base/str.h"
#include "flow/strings.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#define MAX_DEPTH 10

struct tracer {
	struct program *p;
	struct func *f;
	const struct values *v;
	struct provenance *out;
};

static enum from trace(struct tracer *t, ir_value value, unsigned depth);

static enum from more(enum from a, enum from b)
{
	return a > b ? a : b;
}

static void step(struct tracer *t, uint32_t op, const char *text)
{
	for (size_t i = 0; i < t->out->nr_steps; i++)
		if (t->out->steps[i].op == op)
			return;
	if (t->out->nr_steps == PROVENANCE_STEPS)
		return;
	t->out->steps[t->out->nr_steps].op = op;
	t->out->steps[t->out->nr_steps++].text = text;
}

static enum from unbounded(struct tracer *t, uint32_t op, const char *what)
{
	if (!t->out->what[0])
		t->out->what = what;
	step(t, op, what);
	return FROM_UNBOUNDED;
}

/* The last word of a name in either spelling, order_id or orderId, is one of `words`. */
static bool ends_in_word(const char *name, const char *const *words, size_t nr)
{
	size_t end = strlen(name);
	while (end && name[end - 1] == '_')
		end--;
	size_t start = end;
	while (start && name[start - 1] != '_' &&
		!(isupper((unsigned char)name[start]) && islower((unsigned char)name[start - 1])))
		start--;
	for (size_t i = 0; i < nr; i++)
		if (end - start == strlen(words[i]) &&
			strncasecmp(name + start, words[i], end - start) == 0)
			return true;
	return false;
}

/* A field or variable that tells things apart: as a part of a name it has no bounds. */
static bool names_identity(const char *name)
{
	static const char *const words[] = {"id", "ids", "uuid", "guid", "sku", "key", "token",
		"email", "session", "uri", "url", "nonce", "serial", "address", "addr", "ip",
		"timestamp"};
	return ends_in_word(name, words, sizeof(words) / sizeof(words[0]));
}

/* What a client sent, used as a name as it is. An id alone may be one of a configuration. */
static bool names_request(const char *name)
{
	static const char *const words[] = {"uri", "url"};
	return ends_in_word(name, words, sizeof(words) / sizeof(words[0]));
}

/* The name of the place a value was read from: the field's or the variable's, or "". */
static const char *place_name(const struct tracer *t, ir_value value)
{
	uint32_t path =
		t->v->content[value] != NO_PATH ? t->v->content[value] : t->v->address[value];
	while (path != NO_PATH) {
		const struct path *p = &t->v->paths.at[path];
		if (p->kind == PATH_VAR)
			return t->f->ir->vars[p->var].name;
		if (p->kind == PATH_FIELD || p->kind == PATH_GLOBAL)
			return ir_simple_name(p->sym);
		path = p->base;
	}
	return "";
}

/* ---- formats ---- */

/* The conversions of a printf or fmt format in order: 's' text, 'n' number, 'p' address, 0 none. */
static char next_conversion(const char **at)
{
	for (const char *p = *at; *p; p++) {
		if (*p == '%' && p[1] == '%') {
			p++;
		} else if (*p == '{') {
			*at = p + 1;
			return '{';
		} else if (*p == '%') {
			p += 1 + strspn(p + 1, "-+ #0123456789.*'lhjztLq$");
			*at = *p ? p + 1 : p;
			return *p == 's' || *p == 'c' ? 's'
			       : *p == 'm'            ? 'm'
			       : *p == 'p'            ? 'p'
						      : 'n';
		}
	}
	return 0;
}

static bool is_constant_number(const struct tracer *t, ir_value value)
{
	if (value == IR_NONE)
		return false;
	const struct ir_op *op = &t->f->ir->ops[t->v->origin[value]];
	return op->kind == IR_CONST;
}

static enum from trace_formatted(struct tracer *t, uint32_t number, char conversion, ir_value value,
	const char *format, unsigned depth)
{
	if (value == IR_NONE || is_constant_number(t, value))
		return FROM_CONSTANT;
	if (conversion == 'n' || conversion == 'p')
		return unbounded(t, number,
			arena_printf(t->p->arena, "\"%s\" is formatted with %s", format,
				conversion == 'p' ? "an address" : "a number"));
	if (conversion == 'm')
		return FROM_CONSTANT;
	const char *name = place_name(t, value);
	if (names_identity(name))
		return unbounded(t, number,
			arena_printf(t->p->arena, "\"%s\" is formatted with %s", format, name));
	return trace(t, value, depth + 1);
}

static enum from trace_format(
	struct tracer *t, uint32_t number, const struct model_string *m, unsigned depth)
{
	const struct ir_op *op = &t->f->ir->ops[number];
	const char *format =
		m->format < 0 ? NULL : value_string(t->v, ir_call_arg(op, (unsigned)m->format));
	if (!format)
		return FROM_UNKNOWN;
	enum from kind = FROM_CONSTANT;
	const char *at = format;
	for (unsigned k = (unsigned)m->from; kind != FROM_UNBOUNDED; k++) {
		char conversion = next_conversion(&at);
		if (!conversion)
			break;
		kind = more(kind,
			trace_formatted(t, number, conversion, ir_call_arg(op, k), format, depth));
	}
	return kind;
}

static enum from trace_build(
	struct tracer *t, uint32_t number, const struct model_string *m, unsigned depth)
{
	const struct ir_op *op = &t->f->ir->ops[number];
	if (m->build == BUILD_FORMAT)
		return trace_format(t, number, m, depth);
	ir_value first = m->from < 0 ? IR_NONE : ir_call_arg(op, (unsigned)m->from);
	if (m->build == BUILD_NUMBER)
		return is_constant_number(t, first)
			       ? FROM_CONSTANT
			       : unbounded(t, number, "a number is made into text");
	enum from kind = FROM_CONSTANT;
	for (unsigned k = m->from < 0 ? 1 : (unsigned)m->from; k <= ir_call_nr_args(op); k++) {
		ir_value arg = ir_call_arg(op, k);
		if (arg != IR_NONE && names_identity(place_name(t, arg)) &&
			t->f->ir->ops[t->v->origin[arg]].kind != IR_CONST)
			kind = unbounded(t, number,
				arena_printf(
					t->p->arena, "%s is joined into it", place_name(t, arg)));
		else
			kind = more(kind, trace(t, arg, depth + 1));
	}
	return kind;
}

/* ---- places ---- */

/* Everything that is written to a local place anywhere in the function. */
static enum from trace_place(struct tracer *t, uint32_t path, unsigned depth)
{
	const struct path *place = &t->v->paths.at[path];
	if (place->kind != PATH_VAR || !place->is_local ||
		(t->f->ir->vars[place->var].flags &
			(IR_VAR_PARAM | IR_VAR_CAPTURED | IR_VAR_CATCH)))
		return FROM_UNKNOWN;
	enum from kind = FROM_CONSTANT;
	bool written = false;
	for (uint32_t i = 0; i < t->f->ir->nr_ops; i++) {
		const struct ir_op *op = &t->f->ir->ops[i];
		if (op->kind == IR_STORE && op->args[0] != IR_NONE &&
			t->v->address[op->args[0]] == path) {
			const struct ir_op *from =
				op->args[1] == IR_NONE ? NULL : &t->f->ir->ops[op->args[1]];
			written = true;
			/* `char buf[32] = {0}` and `= ""` say nothing yet */
			if (from && from->kind != IR_INIT)
				kind = more(kind, trace(t, op->args[1], depth + 1));
			continue;
		}
		const struct model_string *m =
			op->kind == IR_CALL ? models_string(t->p->models, op->sym) : NULL;
		ir_value into = m && m->into > 0 ? ir_call_arg(op, (unsigned)m->into) : IR_NONE;
		if (into == IR_NONE || (t->v->address[into] != path && t->v->content[into] != path))
			continue;
		written = true;
		kind = more(kind, trace_build(t, i, m, depth + 1));
	}
	return written ? kind : FROM_UNKNOWN;
}

/* A function that only ever returns constants is a table. */
static bool returns_constants(struct program *p, struct func *f)
{
	const struct values *v = values_of(p, f);
	bool any = false;
	for (uint32_t i = 0; i < f->ir->nr_ops; i++) {
		const struct ir_op *op = &f->ir->ops[i];
		if (op->kind != IR_RETURN)
			continue;
		if (!op->nr_args || !value_string(v, op->args[0]))
			return false;
		any = true;
	}
	return any;
}

static enum from trace_call(struct tracer *t, uint32_t number, unsigned depth)
{
	const struct ir_op *op = &t->f->ir->ops[number];
	const struct model_string *m = models_string(t->p->models, op->sym);
	if (m && m->into == MODEL_RESULT)
		return trace_build(t, number, m, depth);
	if ((op->flags & IR_CALL_CONSTRUCT) && ir_call_nr_args(op) >= 1)
		return trace(t, ir_call_arg(op, 1), depth + 1);
	const char *name = ir_simple_name(op->sym);
	if ((op->flags & IR_CALL_METHOD) && (str_eq(name, "c_str") || str_eq(name, "data") ||
						    str_has_prefix(name, "operator ")))
		return trace(t, op->args[0], depth + 1);
	const struct call *call = func_call(t->f, number);
	if (call && call->callee && returns_constants(t->p, call->callee))
		return FROM_CONSTANT;
	return FROM_UNKNOWN;
}

static enum from trace(struct tracer *t, ir_value value, unsigned depth)
{
	if (value == IR_NONE || depth > MAX_DEPTH)
		return FROM_UNKNOWN;
	if (value_string(t->v, value))
		return FROM_CONSTANT;
	value = t->v->origin[value];
	const struct ir_op *op = &t->f->ir->ops[value];
	if (op->kind == IR_CONST)
		return FROM_CONSTANT;
	if (op->kind == IR_CALL)
		return trace_call(t, value, depth);
	uint32_t path =
		t->v->content[value] != NO_PATH ? t->v->content[value] : t->v->address[value];
	if (path == NO_PATH)
		return FROM_UNKNOWN;
	if (t->v->paths.at[path].kind == PATH_FIELD && names_request(place_name(t, value)))
		return unbounded(t, value,
			arena_printf(t->p->arena, "it is read from %s",
				path_text(t->v, path, t->p->arena)));
	return trace_place(t, path, depth);
}

void provenance_of(struct program *p, struct func *f, ir_value value, struct provenance *out)
{
	*out = (struct provenance){.what = ""};
	struct tracer t = {.p = p, .f = f, .v = values_of(p, f), .out = out};
	out->kind = trace(&t, value, 0);
}
