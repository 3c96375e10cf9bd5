/* Reads what a start call says about kind and parent. */
#include "flow/options.h"

#include "base/str.h"
#include "flow/classes.h"

#include <string.h>
#include <strings.h>

struct reader {
	struct program *program;
	struct func *func;
	const struct values *values;
	struct start_options *out;
	bool is_opaque; /* options come from where we cannot look */
	uint32_t nr_kinds;
};

enum span_kind span_kind_of(const char *enumerator)
{
	static const char *const names[] = {
		"", "internal", "server", "client", "producer", "consumer"};
	const char *name = ir_simple_name(enumerator);
	size_t n = strlen(name);
	for (size_t i = 1; i < sizeof(names) / sizeof(names[0]); i++) {
		size_t m = strlen(names[i]);
		if (n > m && (name[n - m - 1] == '_' || name[n - m - 1] == 'k') &&
			strcasecmp(name + n - m, names[i]) == 0)
			return (enum span_kind)i;
	}
	return KIND_UNKNOWN;
}

bool options_mention_kind(const struct ir_func *f)
{
	for (uint32_t i = 0; i < f->nr_ops; i++)
		if (f->ops[i].kind == IR_CONST && f->ops[i].sub == IR_LIT_ENUM &&
			span_kind_of(f->ops[i].link) > KIND_INTERNAL)
			return true;
	return false;
}

static void read_constant(struct reader *r, const struct ir_op *op)
{
	enum span_kind kind = op->sub == IR_LIT_ENUM ? span_kind_of(op->link) : KIND_UNKNOWN;
	if (kind == KIND_UNKNOWN)
		return;
	r->out->kind = r->nr_kinds && r->out->kind != kind ? KIND_UNKNOWN : kind;
	r->nr_kinds++;
}

static bool names_parent(const char *fields)
{
	return strstr(fields, "parent") != NULL;
}

static void read_value(struct reader *r, ir_value value, unsigned depth);

/* Everything the function stores into the variable or its fields before the start. */
static void read_variable(struct reader *r, uint32_t path, unsigned depth)
{
	const struct values *v = r->values;
	uint32_t var = path_root_var(v, path);
	bool is_own = var != IR_NONE && !(r->func->ir->vars[var].flags &
						(IR_VAR_PARAM | IR_VAR_CAPTURED | IR_VAR_STATIC));
	if (!is_own) {
		r->is_opaque = true;
		return;
	}
	for (uint32_t i = 0; i < r->func->ir->nr_ops; i++) {
		const struct ir_op *op = &r->func->ir->ops[i];
		if (op->kind != IR_STORE || op->args[0] == IR_NONE)
			continue;
		uint32_t to = v->address[op->args[0]];
		if (to == NO_PATH || !path_is_within(v, to, path))
			continue;
		bool is_field = v->paths.at[to].kind == PATH_FIELD;
		if (is_field && names_parent(ir_simple_name(v->paths.at[to].sym)))
			r->out->may_have_parent = true;
		else
			read_value(r, op->args[1], depth + 1);
	}
}

static bool is_role(struct reader *r, const char *type, enum model_role role)
{
	const struct model_type *t = models_type(r->program->models, type);
	return t && t->role == role;
}

static const char *type_of(const struct reader *r, ir_value value)
{
	const struct values *v = r->values;
	uint32_t path = v->content[value] != NO_PATH ? v->content[value] : v->address[value];
	if (path != NO_PATH && v->paths.at[path].kind == PATH_VAR)
		return r->func->ir->vars[v->paths.at[path].var].type;
	return r->func->ir->ops[value].type;
}

static void read_value(struct reader *r, ir_value value, unsigned depth)
{
	if (value == IR_NONE || depth > 6)
		return;
	value = r->values->origin[value];
	const struct ir_op *op = &r->func->ir->ops[value];
	const char *type = type_of(r, value);
	if (op->kind != IR_CONST &&
		(is_role(r, type, ROLE_SPAN) || is_role(r, type, ROLE_CONTEXT))) {
		r->out->may_have_parent = true;
		return;
	}
	uint32_t path = r->values->address[value] != NO_PATH ? r->values->address[value]
							     : r->values->content[value];
	if (op->kind == IR_CONST) {
		read_constant(r, op);
	} else if (op->kind == IR_INIT ||
		   (op->kind == IR_CALL && (op->flags & IR_CALL_CONSTRUCT))) {
		if (op->kind == IR_INIT && names_parent(op->sym))
			r->out->may_have_parent = true;
		for (uint32_t i = 0; i < op->nr_args; i++)
			read_value(r, op->args[i], depth + 1);
	} else if (path != NO_PATH) {
		read_variable(r, path, depth);
	} else if (op->kind == IR_CALL) {
		r->is_opaque = true;
	}
}

void start_options_of(
	struct program *p, struct func *f, const struct span_site *s, struct start_options *out)
{
	*out = (struct start_options){KIND_UNKNOWN, false};
	const struct model_call *m = s->call->model;
	if (!m) { /* a wrapper decides */
		out->may_have_parent = true;
		return;
	}
	struct reader r = {.program = p, .func = f, .values = values_of(p, f), .out = out};
	const struct ir_op *op = &f->ir->ops[s->op];
	for (unsigned at = 1; at <= ir_call_nr_args(op); at++) {
		ir_value arg = ir_call_arg(op, at);
		bool is_named = (int)at == m->name || (int)at == m->key || (int)at == m->value;
		if (arg == IR_NONE || is_named ||
			is_role(&r, type_of(&r, r.values->origin[arg]), ROLE_TRACER))
			continue;
		/* attributes say nothing of kind or parent; options in their place have a type */
		if ((int)at == m->attributes &&
			!is_role(&r, type_of(&r, r.values->origin[arg]), ROLE_OTHER))
			continue;
		/* C: the tracer comes first, whatever expression it is */
		if (at == 1 && !(op->flags & IR_CALL_METHOD))
			continue;
		read_value(&r, arg, 0);
	}
	if (r.is_opaque)
		*out = (struct start_options){KIND_UNKNOWN, true};
	const struct func *starter = class_starter(p, f, s->call);
	if (!r.is_opaque && !r.nr_kinds && !(starter && options_mention_kind(starter->ir)))
		out->kind = KIND_INTERNAL;
}

const char *span_kind_name(enum span_kind kind)
{
	static const char *const names[] = {
		"unknown", "INTERNAL", "SERVER", "CLIENT", "PRODUCER", "CONSUMER"};
	return names[kind];
}
