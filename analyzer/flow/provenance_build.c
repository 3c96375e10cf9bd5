/* What texts are made of: formats, joins, numbers, and what is read from outside. */
#include "base/str.h"
#include "flow/strings.h"
#include "flow/tracer.h"

#include <string.h>

static enum from more(enum from a, enum from b)
{
	return a > b ? a : b;
}

/* A field or variable that tells things apart: as a part of a name it has no bounds. */
static bool names_identity(struct tracer *t, const char *name)
{
	return models_name(t->program->models, name, NAME_FIELD, MEANING_IDENTITY) != NULL;
}

/* What is opened, removed or looked up as a file here is the path of one of many. */
static bool names_file(struct tracer *t, const struct frame *fr, ir_value value)
{
	uint32_t path = value == IR_NONE ? NO_PATH : trace_path(fr, value);
	for (uint32_t i = 0; path != NO_PATH && i < fr->func->nr_calls; i++) {
		const struct ir_op *op = &fr->func->ir->ops[fr->func->calls[i].op];
		const struct model_string *m = models_string(t->program->models, op->sym);
		if (!m || m->sink != SINK_PATH)
			continue;
		ir_value used = ir_call_arg(op, (unsigned)m->from);
		if (used == IR_NONE)
			continue;
		const struct ir_op *from = &fr->func->ir->ops[used];
		if (from->kind == IR_CALL && (from->flags & IR_CALL_METHOD) && from->nr_args == 1)
			used = from->args[0]; /* path.c_str() */
		if (trace_path(fr, used) == path)
			return true;
	}
	return false;
}

static bool is_unbounded(struct tracer *t, const struct frame *fr, ir_value value)
{
	return names_identity(t, trace_place_name(fr, value)) || names_file(t, fr, value);
}

static bool is_constant(const struct frame *fr, ir_value value)
{
	return value != IR_NONE && fr->func->ir->ops[fr->values->origin[value]].kind == IR_CONST;
}

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

static enum from trace_formatted(struct tracer *t, const struct frame *fr, uint32_t number,
	char conversion, ir_value value, const char *format, unsigned depth)
{
	struct arena *a = t->program->arena;
	if (value == IR_NONE || is_constant(fr, value))
		return FROM_CONSTANT;
	if (conversion == 'n' || conversion == 'p')
		return trace_unbounded(t, fr, number,
			arena_printf(a, "\"%s\" is formatted with %s", format,
				conversion == 'p' ? "an address" : "a number"));
	if (conversion == 'm')
		return FROM_CONSTANT;
	trace_enter(t, fr, number, arena_printf(a, "is put into \"%s\"", format));
	enum from kind = trace_value(t, fr, value, depth + 1);
	trace_leave(t);
	const char *name = trace_place_name(fr, value);
	if (kind != FROM_CONSTANT && is_unbounded(t, fr, value))
		return trace_unbounded(t, fr, number,
			arena_printf(a, "\"%s\" is formatted with %s", format, name));
	return kind;
}

static enum from trace_format(struct tracer *t, const struct frame *fr, uint32_t number,
	const struct model_string *m, unsigned depth)
{
	const struct ir_op *op = &fr->func->ir->ops[number];
	const char *format =
		m->format < 0 ? NULL
			      : value_string(fr->values, ir_call_arg(op, (unsigned)m->format));
	if (!format || m->from < 0)
		return FROM_UNKNOWN;
	if (!t->out->prefix[0])
		t->out->prefix = arena_strndup(t->program->arena, format, strcspn(format, "%{"));
	enum from kind = FROM_CONSTANT;
	const char *at = format;
	for (unsigned k = (unsigned)m->from;; k++) {
		char conversion = next_conversion(&at);
		if (!conversion)
			break;
		kind = more(kind, trace_formatted(t, fr, number, conversion, ir_call_arg(op, k),
					  format, depth));
	}
	if (kind != FROM_CONSTANT && !str_eq(format, "%s"))
		trace_built(t, fr, number,
			arena_printf(t->program->arena, "\"%s\" is formatted", format));
	return kind;
}

/* strcpy copies, strcat and operator+ put together. */
static bool joins(const struct ir_op *op, const struct model_string *m)
{
	const char *name = ir_simple_name(op->sym);
	if (m->into == MODEL_RESULT)
		return ir_call_nr_args(op) > 1 && !strstr(name, "dup");
	return strstr(name, "cat") || str_eq(name, "operator+=") || str_eq(name, "append") ||
	       str_eq(name, "operator<<");
}

static enum from trace_join(struct tracer *t, const struct frame *fr, uint32_t number,
	const struct model_string *m, unsigned depth)
{
	const struct ir_op *op = &fr->func->ir->ops[number];
	enum from kind = FROM_CONSTANT;
	bool is_join = joins(op, m);
	const char *head = is_join && m->into == MODEL_RESULT && m->from > 0
				   ? value_string(fr->values, ir_call_arg(op, (unsigned)m->from))
				   : NULL;
	if (head && !t->out->prefix[0])
		t->out->prefix = head;
	for (unsigned k = m->from < 0 ? 1 : (unsigned)m->from; k <= ir_call_nr_args(op); k++) {
		ir_value arg = ir_call_arg(op, k);
		if (arg == IR_NONE)
			continue;
		if (is_join)
			trace_enter(t, fr, number, "is joined into it");
		enum from part = trace_value(t, fr, arg, depth + 1);
		if (is_join)
			trace_leave(t);
		const char *name = trace_place_name(fr, arg);
		if (is_join && part != FROM_CONSTANT && is_unbounded(t, fr, arg))
			part = trace_unbounded(t, fr, number,
				arena_printf(t->program->arena, "%s is joined into it", name));
		kind = more(kind, part);
		if (!is_join)
			break; /* what follows is a length */
	}
	if (is_join && kind != FROM_CONSTANT)
		trace_built(t, fr, number, "parts are joined");
	return kind;
}

enum from trace_read(
	struct tracer *t, const struct frame *fr, uint32_t op, const struct model_string *m)
{
	static const char *const sources[] = {
		"", "environment variable", "header", "a request", "a file", "a secret"};
	static const enum model_name_place places[] = {
		0, NAME_ENVIRONMENT, NAME_HEADER, NAME_FIELD, NAME_FIELD, NAME_FIELD};
	const struct ir_op *call = &fr->func->ir->ops[op];
	struct arena *a = t->program->arena;
	const char *name =
		m->name < 0 ? NULL : value_string(fr->values, ir_call_arg(call, (unsigned)m->name));
	const char *what = sources[m->source];
	if (name)
		what = arena_printf(a, "%s %s", what, name);
	struct origin *o = trace_origin(
		t, fr, op, ORIGIN_READ, what, arena_printf(a, "%s is read here", what));
	if (!o)
		return FROM_UNKNOWN;
	o->source = m->source;
	o->name = models_name(t->program->models, name, places[m->source], MEANING_CREDENTIAL);
	if (!o->name)
		o->name =
			models_name(t->program->models, name, places[m->source], MEANING_PERSONAL);
	return FROM_UNKNOWN;
}

enum from trace_build(struct tracer *t, const struct frame *fr, uint32_t op,
	const struct model_string *m, unsigned depth)
{
	const struct ir_op *call = &fr->func->ir->ops[op];
	ir_value first = m->from < 0 ? IR_NONE : ir_call_arg(call, (unsigned)m->from);
	switch (m->build) {
	case BUILD_FORMAT:
		return trace_format(t, fr, op, m, depth);
	case BUILD_NUMBER:
		return is_constant(fr, first)
			       ? FROM_CONSTANT
			       : trace_unbounded(t, fr, op, "a number is made into text");
	case BUILD_JOIN:
		return trace_join(t, fr, op, m, depth);
	case BUILD_READ:
		return trace_read(t, fr, op, m);
	case BUILD_DUMP:
		trace_origin(t, fr, op, ORIGIN_DUMP, ir_simple_name(call->sym),
			arena_printf(t->program->arena, "%s() makes the whole of it into text",
				ir_simple_name(call->sym)));
		return FROM_UNKNOWN;
	case BUILD_DIGEST:
	case BUILD_SINK:
		break;
	}
	return FROM_UNKNOWN;
}
