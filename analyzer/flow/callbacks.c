/* Finds functions whose address goes to a call or a field that the models know. */
#include "flow/callbacks.h"

#include "base/str.h"
#include "flow/values.h"

#include <string.h>

/* The function a value stands for: its name, a lambda, a variable that holds one of them, an object
 * made of it. */
static struct func *function_of(struct program *p, struct func *f, ir_value v, unsigned depth)
{
	if (v == IR_NONE || depth == 4)
		return NULL;
	const struct values *values = values_of(p, f);
	v = values->origin[v];
	const struct ir_op *op = &f->ir->ops[v];
	if (op->kind == IR_GLOBAL || op->kind == IR_LAMBDA)
		return program_find(p, f, op->link);
	if (op->kind == IR_CALL && (op->flags & IR_CALL_CONSTRUCT) && op->nr_args == 1)
		return function_of(p, f, op->args[0], depth + 1);
	if (op->kind != IR_LOAD || op->args[0] == IR_NONE)
		return NULL;
	const struct ir_op *from = &f->ir->ops[op->args[0]];
	if (from->kind != IR_VAR || values->bound[from->var] == IR_NONE)
		return NULL;
	return function_of(p, f, values->bound[from->var], depth + 1);
}

static void add(
	struct program *p, struct func *f, uint32_t op, ir_value v, const struct model_callback *m)
{
	struct func *called = function_of(p, f, v, 0);
	if (called)
		vec_push(p->arena, &p->callbacks->all,
			(struct callback){.func = called, .model = m, .where = f, .op = op});
}

static void look_at_call(struct program *p, struct func *f, uint32_t number)
{
	const struct ir_op *op = &f->ir->ops[number];
	const struct model_callback *m = models_callback(p->models, op->sym);
	for (unsigned k = 1; m && k <= ir_call_nr_args(op) && k < 32; k++)
		if (m->positions & (1u << k))
			add(p, f, number, ir_call_arg(op, k), m);
}

static const struct model_callback *field_model(struct program *p, const char *name)
{
	const struct model_callback *m = models_callback(p->models, name);
	return m && !m->positions ? m : NULL;
}

/* { .sa_handler = on_signal }: the names stand in op->sym, separated by commas; a path of several
 * where the record is in a record. */
static void look_at_init(struct program *p, struct func *f, uint32_t number)
{
	const struct ir_op *op = &f->ir->ops[number];
	const char *type = op->type, *name = op->sym;
	if (!name[0] || !type[0])
		return;
	if (str_has_prefix(type, "const "))
		type += strlen("const ");
	if (str_has_prefix(type, "struct "))
		type += strlen("struct ");
	for (uint32_t i = 0; i < op->nr_args && *name; i++) {
		size_t n = strcspn(name, ",");
		const char *last = name + n;
		while (last > name && last[-1] != '.')
			last--;
		const char *field =
			arena_printf(p->arena, "%s::%.*s", type, (int)(name + n - last), last);
		const struct model_callback *m = field_model(p, field);
		if (m)
			add(p, f, number, op->args[i], m);
		name += n + (name[n] == ',');
	}
}

static void look(struct program *p, struct func *f)
{
	for (uint32_t i = 0; i < f->ir->nr_ops; i++) {
		const struct ir_op *op = &f->ir->ops[i];
		if (op->kind == IR_CALL)
			look_at_call(p, f, i);
		else if (op->kind == IR_INIT)
			look_at_init(p, f, i);
		else if (op->kind == IR_STORE && op->args[0] != IR_NONE &&
			 f->ir->ops[op->args[0]].kind == IR_FIELD) {
			const struct model_callback *m =
				field_model(p, f->ir->ops[op->args[0]].sym);
			if (m)
				add(p, f, i, op->args[1], m);
		}
	}
}

void callbacks_find(struct program *p)
{
	p->callbacks = arena_new(p->arena, struct callbacks);
	for (size_t i = 0; i < p->funcs.nr; i++) {
		struct func *f = p->funcs.at[i];
		if (f->ir->flags & (IR_FUNC_SYSTEM | IR_FUNC_TEMPLATE))
			continue;
		const struct model_callback *m = field_model(p, f->ir->name);
		if (m)
			vec_push(p->arena, &p->callbacks->all,
				(struct callback){.func = f, .model = m, .op = IR_NONE});
		look(p, f);
	}
}

const struct callback *callback_hot(const struct program *p, const struct func *f)
{
	for (size_t i = 0; i < p->callbacks->all.nr; i++) {
		const struct callback *c = &p->callbacks->all.at[i];
		if (c->func == f && c->model->kind != CALLBACK_THREAD)
			return c;
	}
	return NULL;
}

const char *callback_name(enum model_callback_kind kind)
{
	static const char *const names[] = {"a comparator", "a hash function", "an allocator hook",
		"a signal handler", "the start of a thread"};
	return names[kind];
}
