/* Follows a text back to what it is made of. */
#include "flow/provenance.h"

#include "base/str.h"
#include "flow/callers.h"
#include "flow/strings.h"
#include "flow/tracer.h"

#include <stdlib.h>
#include <string.h>

#define MAX_DEPTH   14
#define MAX_LEVEL   4
#define MAX_CALLERS 8

static enum from more(enum from a, enum from b)
{
	return a > b ? a : b;
}

bool type_is_text(const char *type)
{
	if (strstr(type, "(*)") || strstr(type, "**"))
		return false;
	if (strstr(type, "basic_string<") || strstr(type, "string_view"))
		return !strstr(type, "vector<") && !strstr(type, "map<") && !strstr(type, "pair<");
	if (!str_has_prefix(type, "char") && !str_has_prefix(type, "const char") &&
		!str_has_prefix(type, "unsigned char") &&
		!str_has_prefix(type, "const unsigned char"))
		return false;
	return strpbrk(type, "*[") != NULL;
}

/* ---- origins and the way to them ---- */

void trace_enter(struct tracer *t, const struct frame *fr, uint32_t op, const char *text)
{
	if (t->nr_way < TRACER_WAY)
		t->way[t->nr_way] = (struct station){fr->func, op, text};
	t->nr_way++;
}

void trace_leave(struct tracer *t)
{
	t->nr_way--;
}

static void add_step(struct origin *o, const struct func *f, uint32_t op, const char *text)
{
	for (size_t i = 0; i < o->nr_steps; i++)
		if (o->steps[i].op == op && o->steps[i].func == f)
			return;
	if (o->nr_steps < PROVENANCE_STEPS)
		o->steps[o->nr_steps++] = (struct station){f, op, text};
}

struct origin *trace_origin(struct tracer *t, const struct frame *fr, uint32_t op,
	enum origin_kind kind, const char *what, const char *step)
{
	struct provenance *out = t->out;
	if (t->is_silent || out->nr_origins == PROVENANCE_ORIGINS)
		return NULL;
	for (size_t i = 0; i < out->nr_origins; i++)
		if (out->origins[i].kind == kind && str_eq(out->origins[i].what, what))
			return NULL;
	struct origin *o = &out->origins[out->nr_origins++];
	*o = (struct origin){.kind = kind, .what = what};
	add_step(o, fr->func, op, step);
	size_t nr = t->nr_way < TRACER_WAY ? t->nr_way : TRACER_WAY;
	for (size_t i = nr; i-- > 0;)
		add_step(o, t->way[i].func, t->way[i].op, t->way[i].text);
	return o;
}

void trace_built(struct tracer *t, const struct frame *fr, uint32_t op, const char *text)
{
	if (!t->out->is_built)
		t->out->built = (struct station){fr->func, op, text};
	t->out->is_built = true;
}

enum from trace_unbounded(struct tracer *t, const struct frame *fr, uint32_t op, const char *what)
{
	if (!t->out->what[0] && !t->is_silent)
		t->out->what = what;
	trace_origin(t, fr, op, ORIGIN_UNBOUNDED, what, what);
	return FROM_UNBOUNDED;
}

const struct origin *provenance_find(const struct provenance *from, enum origin_kind kind)
{
	for (size_t i = 0; i < from->nr_origins; i++)
		if (from->origins[i].kind == kind)
			return &from->origins[i];
	return NULL;
}

const struct origin *provenance_meaning(const struct provenance *from, enum model_meaning meaning)
{
	for (size_t i = 0; i < from->nr_origins; i++) {
		const struct origin *o = &from->origins[i];
		if (o->name && o->name->meaning == meaning)
			return o;
		if (meaning == MEANING_CREDENTIAL && o->source == SOURCE_SECRET)
			return o;
	}
	return NULL;
}

/* ---- places and their names ---- */

uint32_t trace_path(const struct frame *fr, ir_value value)
{
	const struct values *v = fr->values;
	return v->content[value] != NO_PATH ? v->content[value] : v->address[value];
}

const char *trace_place_name(const struct frame *fr, ir_value value)
{
	uint32_t path = trace_path(fr, value);
	while (path != NO_PATH) {
		const struct path *p = &fr->values->paths.at[path];
		if (p->kind == PATH_VAR)
			return fr->func->ir->vars[p->var].name;
		if (p->kind == PATH_FIELD || p->kind == PATH_GLOBAL)
			return ir_simple_name(p->sym);
		path = p->base;
	}
	return "";
}

/* The type of what stands at a place, "" where it is not known. */
static const char *place_type(const struct frame *fr, ir_value value)
{
	const struct ir_func *f = fr->func->ir;
	for (unsigned i = 0; i < 4 && value != IR_NONE; i++) {
		const struct ir_op *op = &f->ops[value];
		if (op->kind == IR_FIELD)
			return op->type;
		if (op->kind == IR_VAR)
			return f->vars[op->var].type;
		if (op->kind != IR_LOAD)
			return "";
		value = op->args[0];
	}
	return "";
}

static void name_origin(struct tracer *t, const struct frame *fr, ir_value value, uint32_t path,
	enum model_meaning meaning)
{
	const struct model_name *name =
		models_name(t->program->models, trace_place_name(fr, value), NAME_FIELD, meaning);
	if (!name)
		return;
	const char *text = path_text(fr->values, path, t->program->arena);
	struct origin *o = trace_origin(t, fr, value, ORIGIN_NAMED, text,
		arena_printf(t->program->arena, "%s is read here", text));
	if (o)
		o->name = name;
}

/* What the name and the type of a place tell. */
static void place_origins(struct tracer *t, const struct frame *fr, ir_value value, uint32_t path)
{
	enum path_kind kind = fr->values->paths.at[path].kind;
	const char *type = place_type(fr, value);
	if (kind == PATH_VAR &&
		(fr->func->ir->vars[fr->values->paths.at[path].var].flags & IR_VAR_SYNTHETIC))
		return;
	if (!type_is_text(type))
		return;
	name_origin(t, fr, value, path, MEANING_CREDENTIAL);
	name_origin(t, fr, value, path, MEANING_PERSONAL);
	name_origin(t, fr, value, path, MEANING_BODY);
	/* host names and paths have long arrays, too, and never fill them */
	const char *bracket = strchr(type, '[');
	if (!bracket || kind != PATH_FIELD ||
		!models_name(t->program->models, trace_place_name(fr, value), NAME_FIELD,
			MEANING_BUFFER))
		return;
	struct origin *o = trace_origin(
		t, fr, value, ORIGIN_BUFFER, path_text(fr->values, path, t->program->arena), "");
	if (o)
		o->size = strtoul(bracket + 1, NULL, 10);
}

static void baggage_origin(
	struct tracer *t, const struct frame *fr, uint32_t number, const struct model_call *m)
{
	const struct ir_op *op = &fr->func->ir->ops[number];
	const char *key =
		m->key < 0 ? NULL : value_string(fr->values, ir_call_arg(op, (unsigned)m->key));
	const char *what = key ? arena_printf(t->program->arena, "baggage \"%s\"", key) : "baggage";
	struct origin *o = trace_origin(t, fr, number, ORIGIN_BAGGAGE, what,
		arena_printf(t->program->arena, "%s is read here", what));
	if (o)
		o->name = models_name(t->program->models, key, NAME_KEY, MEANING_AUTHORITY);
}

static bool is_seen(struct tracer *t, const struct frame *fr, uint32_t path)
{
	for (size_t i = 0; i < t->nr_seen; i++)
		if (t->seen[i].func == fr->func && t->seen[i].path == path &&
			t->seen[i].call == fr->call)
			return true;
	if (t->nr_seen == TRACER_SEEN)
		return true;
	t->seen[t->nr_seen].func = fr->func;
	t->seen[t->nr_seen].path = path;
	t->seen[t->nr_seen++].call = fr->call;
	return false;
}

/* The stream behind `os << a << b`, the string behind `s.append(a).append(b)`. */
static ir_value chained(struct tracer *t, const struct frame *fr, ir_value into)
{
	for (unsigned i = 0; i < 64 && into != IR_NONE; i++) {
		const struct ir_op *op = &fr->func->ir->ops[fr->values->origin[into]];
		const struct model_string *m =
			op->kind == IR_CALL ? models_string(t->program->models, op->sym) : NULL;
		if (!m || m->into < 0)
			break;
		into = ir_call_arg(op, (unsigned)m->into);
	}
	return into;
}

static bool is_place(const struct frame *fr, ir_value value, uint32_t path)
{
	uint32_t address = fr->values->address[value], content = fr->values->content[value];
	return (address != NO_PATH && path_is_within(fr->values, address, path)) || content == path;
}

/* A function of the program writes to the place its argument points to. */
static bool trace_callee_writes(struct tracer *t, const struct frame *fr, const struct call *call,
	uint32_t k, unsigned depth, enum from *kind)
{
	struct func *callee = call->callee;
	uint32_t param = k + ((fr->func->ir->ops[call->op].flags & IR_CALL_CONSTRUCT) ? 1 : 0);
	if (fr->level == MAX_LEVEL || param >= callee->ir->nr_params || callee->ir->incomplete[0])
		return false;
	struct frame inner = {callee, values_of(t->program, callee), fr, call->op, fr->level + 1};
	for (uint32_t path = 0; path < inner.values->paths.nr; path++) {
		const struct path *at = &inner.values->paths.at[path];
		if (at->kind != PATH_VAR || at->var != param)
			continue;
		trace_enter(t, fr, call->op,
			arena_printf(t->program->arena, "%s() fills it",
				ir_simple_name(callee->ir->name)));
		*kind = more(*kind, trace_place(t, &inner, path, depth + 1));
		trace_leave(t);
		return true;
	}
	return false;
}

/* What a call writes to the place; false: nothing that we know of. */
static bool trace_written_by(struct tracer *t, const struct frame *fr, uint32_t number,
	uint32_t path, unsigned depth, enum from *kind)
{
	const struct ir_op *op = &fr->func->ir->ops[number];
	const struct call *call = func_call(fr->func, number);
	const struct model_string *m = models_string(t->program->models, op->sym);
	ir_value into = m && m->into >= 0 ? ir_call_arg(op, (unsigned)m->into) : IR_NONE;
	if (into != IR_NONE && is_place(fr, chained(t, fr, into), path)) {
		*kind = more(*kind, trace_build(t, fr, number, m, depth + 1));
		return true;
	}
	if (m || !call)
		return false;
	if (call->model) {
		ir_value got = call->model->effect == EFFECT_BAGGAGE_GET && call->model->value >= 0
				       ? ir_call_arg(op, (unsigned)call->model->value)
				       : IR_NONE;
		if (got == IR_NONE || !is_place(fr, got, path))
			return false;
		baggage_origin(t, fr, number, call->model);
		*kind = more(*kind, FROM_UNKNOWN);
		return true;
	}
	for (uint32_t k = 0; call->callee && k < op->nr_args; k++)
		if (op->args[k] != IR_NONE && fr->values->address[op->args[k]] != NO_PATH &&
			fr->values->address[op->args[k]] == path)
			return trace_callee_writes(t, fr, call, k, depth, kind);
	return false;
}

enum from trace_place(struct tracer *t, const struct frame *fr, uint32_t path, unsigned depth)
{
	enum from kind = FROM_CONSTANT;
	bool written = false;
	for (uint32_t i = 0; i < fr->func->ir->nr_ops; i++) {
		const struct ir_op *op = &fr->func->ir->ops[i];
		if (op->kind == IR_CALL)
			written |= trace_written_by(t, fr, i, path, depth, &kind);
		if (op->kind != IR_STORE || op->args[0] == IR_NONE ||
			!is_place(fr, op->args[0], path))
			continue;
		const struct ir_op *from =
			op->args[1] == IR_NONE ? NULL : &fr->func->ir->ops[op->args[1]];
		written = true;
		/* `char buf[32] = {0}` and `= ""` say nothing yet */
		if (from && (from->kind != IR_INIT || from->nr_args > 1))
			kind = more(kind, trace_value(t, fr, op->args[1], depth + 1));
	}
	return written ? kind : FROM_UNKNOWN;
}

/* ---- parameters ---- */

/* Do all callers pass one of a few texts? What they pass is theirs to answer for. */
static enum from trace_callers(struct tracer *t, const struct frame *fr, uint32_t param)
{
	const struct callers *callers = callers_of(t->program, fr->func);
	bool is_open = callers->is_address_taken || !(fr->func->ir->flags & IR_FUNC_STATIC) ||
		       !callers->all.nr || callers->all.nr > MAX_CALLERS;
	if (is_open || fr->level == MAX_LEVEL)
		return FROM_UNKNOWN;
	for (size_t i = 0; i < callers->all.nr; i++) {
		struct func *f = callers->all.at[i].func;
		const struct ir_op *op = &f->ir->ops[callers->all.at[i].op];
		struct provenance ignored;
		struct tracer up = {.program = t->program, .out = &ignored, .is_silent = true};
		struct frame there = {f, values_of(t->program, f), NULL, 0, fr->level + 1};
		ignored = (struct provenance){.what = "", .prefix = ""};
		if (param >= op->nr_args ||
			trace_value(&up, &there, op->args[param], 0) != FROM_CONSTANT)
			return FROM_UNKNOWN;
	}
	return FROM_CONSTANT;
}

static enum from trace_param(struct tracer *t, const struct frame *fr, uint32_t var, unsigned depth)
{
	if (!fr->caller)
		return trace_callers(t, fr, var);
	const struct ir_op *call = &fr->caller->func->ir->ops[fr->call];
	uint32_t k = var - ((call->flags & IR_CALL_CONSTRUCT) ? 1 : 0);
	if (k >= call->nr_args)
		return FROM_UNKNOWN;
	trace_enter(t, fr->caller, fr->call,
		arena_printf(t->program->arena, "is passed to %s()",
			ir_simple_name(fr->func->ir->name)));
	enum from kind = trace_value(t, fr->caller, call->args[k], depth + 1);
	trace_leave(t);
	return kind;
}

/* ---- calls ---- */

static enum from trace_returns(
	struct tracer *t, const struct frame *fr, const struct call *call, unsigned depth)
{
	struct func *callee = call->callee;
	if (fr->level == MAX_LEVEL || callee->ir->incomplete[0] || callee->is_recursive)
		return FROM_UNKNOWN;
	struct frame inner = {callee, values_of(t->program, callee), fr, call->op, fr->level + 1};
	enum from kind = FROM_CONSTANT;
	bool any = false;
	trace_enter(t, fr, call->op,
		arena_printf(
			t->program->arena, "comes from %s()", ir_simple_name(callee->ir->name)));
	for (uint32_t i = 0; i < callee->ir->nr_ops; i++) {
		const struct ir_op *op = &callee->ir->ops[i];
		if (op->kind != IR_RETURN)
			continue;
		any = true;
		kind = more(kind, op->nr_args ? trace_value(t, &inner, op->args[0], depth + 1)
					      : FROM_UNKNOWN);
	}
	trace_leave(t);
	return any ? kind : FROM_UNKNOWN;
}

/* `header(request, "Authorization")`, `headers["cookie"]`: whatever the framework calls it. */
static bool trace_header(struct tracer *t, const struct frame *fr, uint32_t number)
{
	const struct ir_op *op = &fr->func->ir->ops[number];
	if (op->nr_args < 2 || (op->flags & IR_CALL_CONSTRUCT))
		return false;
	for (uint32_t k = 0; k < op->nr_args; k++) {
		const char *text = value_string(fr->values, op->args[k]);
		const struct model_name *name =
			models_name(t->program->models, text, NAME_HEADER, MEANING_CREDENTIAL);
		if (!name)
			continue;
		const char *what = arena_printf(t->program->arena, "header %s", text);
		struct origin *o = trace_origin(t, fr, number, ORIGIN_READ, what,
			arena_printf(t->program->arena, "%s is read here", what));
		if (o) {
			o->source = SOURCE_HEADER;
			o->name = name;
		}
		return true;
	}
	return false;
}

/* Methods that give the object's own text, or a part of it. */
static bool is_part_of_object(const struct ir_op *op)
{
	static const char *const names[] = {"c_str", "data", "str", "substr", "value", "value_or",
		"at", "front", "get", "find", "operator[]", "operator->", "operator*", "begin",
		"as_string", "to_string", "string"};
	const char *name = ir_simple_name(op->sym);
	if (!(op->flags & IR_CALL_METHOD))
		return false;
	if (str_has_prefix(name, "operator "))
		return true;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (str_eq(name, names[i]))
			return (op->flags & IR_CALL_SYSTEM) != 0 || i < 2;
	return false;
}

static enum from trace_call(
	struct tracer *t, const struct frame *fr, uint32_t number, unsigned depth)
{
	const struct ir_op *op = &fr->func->ir->ops[number];
	const struct call *call = func_call(fr->func, number);
	const struct model_string *m = models_string(t->program->models, op->sym);
	if (m && m->into == MODEL_RESULT)
		return trace_build(t, fr, number, m, depth);
	if (call && call->model && call->model->effect == EFFECT_BAGGAGE_GET &&
		call->model->value == MODEL_RESULT) {
		baggage_origin(t, fr, number, call->model);
		return FROM_UNKNOWN;
	}
	if ((op->flags & IR_CALL_CONSTRUCT) && op->nr_args >= 1)
		return trace_value(t, fr, op->args[0], depth + 1);
	if (trace_header(t, fr, number))
		return FROM_UNKNOWN;
	if (is_part_of_object(op))
		return trace_value(t, fr, op->args[0], depth + 1);
	if (call && call->callee)
		return trace_returns(t, fr, call, depth);
	return FROM_UNKNOWN;
}

/* ---- values ---- */

static enum from trace_all(
	struct tracer *t, const struct frame *fr, const struct ir_op *op, unsigned depth)
{
	enum from kind = FROM_CONSTANT;
	for (uint32_t i = 0; i < op->nr_args; i++)
		if (op->args[i] != IR_NONE)
			kind = more(kind, trace_value(t, fr, op->args[i], depth + 1));
	return kind;
}

static enum from trace_content(
	struct tracer *t, const struct frame *fr, ir_value value, uint32_t path, unsigned depth)
{
	const struct path *place = &fr->values->paths.at[path];
	place_origins(t, fr, value, path);
	if (place->kind == PATH_FIELD &&
		models_name(t->program->models, trace_place_name(fr, value), NAME_FIELD,
			MEANING_REQUEST))
		return trace_unbounded(t, fr, value,
			arena_printf(t->program->arena, "it is read from %s",
				path_text(fr->values, path, t->program->arena)));
	if (is_seen(t, fr, path))
		return FROM_CONSTANT;
	uint32_t root = path_root_var(fr->values, path);
	if (root == IR_NONE)
		return FROM_UNKNOWN;
	uint32_t flags = fr->func->ir->vars[root].flags;
	if (place->kind == PATH_VAR && (flags & IR_VAR_PARAM))
		return trace_param(t, fr, place->var, depth);
	if (!place->is_local || (flags & (IR_VAR_PARAM | IR_VAR_CAPTURED | IR_VAR_CATCH)))
		return FROM_UNKNOWN;
	/* of an array or a record of ours, everything that is put into it anywhere counts */
	while (fr->values->paths.at[path].kind == PATH_INDEX)
		path = fr->values->paths.at[path].base;
	return trace_place(t, fr, path, depth);
}

enum from trace_value(struct tracer *t, const struct frame *fr, ir_value value, unsigned depth)
{
	struct string_set texts;
	if (value == IR_NONE || depth > MAX_DEPTH)
		return FROM_UNKNOWN;
	if (value_strings(fr->values, value, &texts))
		return FROM_CONSTANT;
	value = fr->values->origin[value];
	const struct ir_op *op = &fr->func->ir->ops[value];
	if (op->kind == IR_CONST)
		return FROM_CONSTANT;
	if (op->kind == IR_CALL)
		return trace_call(t, fr, value, depth);
	if (op->kind == IR_INIT)
		return trace_all(t, fr, op, depth);
	if (op->kind == IR_CALC)
		return more(FROM_UNKNOWN, trace_all(t, fr, op, depth));
	uint32_t path = trace_path(fr, value);
	if (path != NO_PATH)
		return trace_content(t, fr, value, path, depth);
	/* `found->second`: a part of what a call gave */
	if ((op->kind == IR_LOAD || op->kind == IR_FIELD || op->kind == IR_INDEX) &&
		op->args[0] != IR_NONE)
		return more(FROM_UNKNOWN, trace_value(t, fr, op->args[0], depth + 1));
	return FROM_UNKNOWN;
}

void provenance_of(struct program *p, struct func *f, ir_value value, struct provenance *out)
{
	*out = (struct provenance){.what = "", .prefix = ""};
	struct tracer t = {.program = p, .out = out};
	struct frame fr = {f, values_of(p, f), NULL, 0, 0};
	out->kind = trace_value(&t, &fr, value, 0);
}
