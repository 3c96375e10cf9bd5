/* Numbers the places a function reads and writes, and looks through copies. */
#include "flow/values.h"

#include "base/str.h"
#include "flow/classes.h"

#include <string.h>

struct builder {
	struct program *p;
	struct values *v;
	bool *is_fixed; /* per variable: a parameter that nobody writes to */
};

static const char *path_key(struct arena *a, const struct path *path)
{
	if (path->kind == PATH_VAR)
		return arena_printf(a, "v%u", path->var);
	if (path->kind == PATH_GLOBAL)
		return arena_printf(a, "g%s", path->sym);
	return arena_printf(a, "%u%c%s", path->base, "..f[*"[path->kind], path -> sym);
}

static uint32_t path_number(struct builder *b, struct path path)
{
	void **slot = map_slot(&b->v->numbers, path_key(b->p->arena, &path));
	if (!*slot) {
		vec_push(b->p->arena, &b->v->paths, path);
		*slot = (void *)(uintptr_t)b->v->paths.nr;
	}
	return (uint32_t)(uintptr_t)*slot - 1;
}

static uint32_t path_step(struct builder *b, enum path_kind kind, uint32_t base, const char *sym)
{
	bool is_local = kind != PATH_DEREF && b->v->paths.at[base].is_local;
	return path_number(
		b, (struct path){.kind = kind, .base = base, .sym = sym, .is_local = is_local});
}

/* The place a pointer points to: what it is the address of, or the content of a place followed. */
static uint32_t pointee(struct builder *b, ir_value v)
{
	if (v == IR_NONE)
		return NO_PATH;
	if (b->v->address[v] != NO_PATH)
		return b->v->address[v];
	if (b->v->content[v] != NO_PATH)
		return path_step(b, PATH_DEREF, b->v->content[v], "");
	return NO_PATH;
}

static void visit_var(struct builder *b, uint32_t number, const struct ir_op *op)
{
	const struct ir_var *var = &b->v->func->ir->vars[op->var];
	bool is_local = !(var->flags & (IR_VAR_STATIC | IR_VAR_BY_REF));
	b->v->address[number] = path_number(b,
		(struct path){.kind = PATH_VAR, .var = op->var, .sym = "", .is_local = is_local});
}

/* Variables that are written once, and whose own address goes nowhere, stand for what they were
 * given. */
static void find_bound(struct builder *b)
{
	const struct ir_func *f = b->v->func->ir;
	uint32_t *nr_stores = arena_array(b->p->arena, uint32_t, f->nr_vars);
	b->v->bound = arena_array(b->p->arena, ir_value, f->nr_vars);
	b->is_fixed = arena_array(b->p->arena, bool, f->nr_vars);
	for (uint32_t i = 0; i < f->nr_vars; i++) {
		b->v->bound[i] = IR_NONE;
		b->is_fixed[i] = f->vars[i].flags & IR_VAR_PARAM;
		if (f->vars[i].flags &
			(IR_VAR_PARAM | IR_VAR_STATIC | IR_VAR_CAPTURED | IR_VAR_CATCH))
			nr_stores[i] = 2;
	}
	for (uint32_t i = 0; i < f->nr_ops; i++) {
		const struct ir_op *op = &f->ops[i];
		for (uint32_t k = 0; k < op->nr_args; k++) {
			ir_value arg = op->args[k];
			if (arg == IR_NONE || f->ops[arg].kind != IR_VAR || op->kind == IR_LOAD)
				continue;
			uint32_t var = f->ops[arg].var;
			b->is_fixed[var] = false;
			nr_stores[var]++;
			if (op->kind != IR_STORE || k != 0)
				nr_stores[var]++;
			else
				b->v->bound[var] = op->args[1];
		}
	}
	for (uint32_t i = 0; i < f->nr_vars; i++)
		if (nr_stores[i] != 1)
			b->v->bound[i] = IR_NONE;
}

/* The address a variable is bound to, when it is one that is known. */
static uint32_t bound_address(struct builder *b, uint32_t number, ir_value from)
{
	if (from == IR_NONE || b->v->func->ir->ops[from].kind != IR_VAR)
		return NO_PATH;
	ir_value bound = b->v->bound[b->v->func->ir->ops[from].var];
	return bound != IR_NONE && bound < number ? b->v->address[bound] : NO_PATH;
}

/* `T *p = param;` and neither is written again: p is that parameter by another name. */
static uint32_t bound_content(struct builder *b, uint32_t number, ir_value from)
{
	if (from == IR_NONE || b->v->func->ir->ops[from].kind != IR_VAR)
		return NO_PATH;
	ir_value bound = b->v->bound[b->v->func->ir->ops[from].var];
	uint32_t path = bound != IR_NONE && bound < number ? b->v->content[bound] : NO_PATH;
	if (path == NO_PATH || b->v->paths.at[path].kind != PATH_VAR ||
		!b->is_fixed[b->v->paths.at[path].var])
		return NO_PATH;
	return path;
}

static void visit_copy(struct builder *b, uint32_t number, ir_value from)
{
	if (from == IR_NONE)
		return;
	b->v->address[number] = b->v->address[from];
	b->v->content[number] = b->v->content[from];
	b->v->origin[number] = b->v->origin[from];
}

/* What a class keeps its span in is the object itself: reading it through a pointer, too. */
static bool is_object(struct builder *b, ir_value from)
{
	return from != IR_NONE && b->v->address[from] == NO_PATH &&
	       class_of_field(b->p, &b->v->func->ir->ops[from]);
}

static void visit_load(struct builder *b, uint32_t number, const struct ir_op *op)
{
	if (is_object(b, op->args[0])) {
		visit_copy(b, number, op->args[0]);
		return;
	}
	b->v->address[number] = bound_address(b, number, op->args[0]);
	if (b->v->address[number] != NO_PATH)
		return;
	b->v->content[number] = bound_content(b, number, op->args[0]);
	if (b->v->content[number] == NO_PATH)
		b->v->content[number] = pointee(b, op->args[0]);
}

static void visit_call(struct builder *b, uint32_t number, const struct ir_op *op)
{
	const struct call *call = func_call(b->v->func, number);
	if (call && call->model && call->model->effect == EFFECT_ALIAS && call->model->span >= 0)
		visit_copy(b, number, ir_call_arg(op, (unsigned)call->model->span));
	else if (call && call->callee && call->callee->returns_object && op->nr_args)
		visit_copy(b, number, op->args[0]);
}

static void visit(struct builder *b, uint32_t number)
{
	const struct ir_op *op = &b->v->func->ir->ops[number];
	b->v->address[number] = b->v->content[number] = NO_PATH;
	b->v->origin[number] = number;
	uint32_t base;
	switch (op->kind) {
	case IR_VAR:
		visit_var(b, number, op);
		break;
	case IR_GLOBAL:
		b->v->address[number] =
			path_number(b, (struct path){.kind = PATH_GLOBAL, .sym = op->sym});
		break;
	case IR_FIELD:
		if (class_of_field(b->p, op)) {
			visit_copy(b, number, op->args[0]);
			break;
		}
		base = pointee(b, op->args[0]);
		if (base != NO_PATH)
			b->v->address[number] = path_step(b, PATH_FIELD, base, op->sym);
		break;
	case IR_INDEX:
		base = pointee(b, op->args[0]);
		if (base != NO_PATH)
			b->v->address[number] = path_step(b, PATH_INDEX, base, "");
		break;
	case IR_LOAD:
		visit_load(b, number, op);
		break;
	case IR_COPY:
		visit_copy(b, number, op->args[0]);
		break;
	case IR_CALL:
		visit_call(b, number, op);
		break;
	default:
		break;
	}
}

/* `if ((n = read(…)) > 0)` compares the call's value and speaks of n, unless something after the
 * store may write n; `if (n--)` does not speak of n as it is then. `written`: per path, 1 + the
 * number of the block it was last seen written in. */
static void find_stored(struct values *v, uint32_t number, uint32_t *written)
{
	const struct ir_block *block = &v->func->ir->blocks[number];
	for (uint32_t i = block->first + block->nr_ops; i-- > block->first;) {
		const struct ir_op *op = &v->func->ir->ops[i];
		bool is_store = op->kind == IR_STORE;
		if (v->content[i] != NO_PATH)
			v->is_stale[i] = written[v->content[i]] == number + 1;
		if (!is_store && op->kind != IR_CALL)
			continue;
		uint32_t path =
			is_store && op->args[0] != IR_NONE ? v->address[op->args[0]] : NO_PATH;
		if (path != NO_PATH && op->args[1] != IR_NONE && written[path] != number + 1)
			v->stored[op->args[1]] = path;
		for (uint32_t k = 0; k < (is_store ? 1 : op->nr_args); k++) {
			path = op->args[k] == IR_NONE ? NO_PATH : v->address[op->args[k]];
			if (path != NO_PATH)
				written[path] = number + 1;
		}
	}
}

static void mark_tested(struct values *v, ir_value number, unsigned depth)
{
	if (number == IR_NONE || depth > 16)
		return;
	const struct ir_op *op = &v->func->ir->ops[number];
	if (v->content[number] != NO_PATH)
		v->is_tested[v->content[number]] = true;
	if (v->stored[number] != NO_PATH)
		v->is_tested[v->stored[number]] = true;
	if (op->kind == IR_COPY || op->kind == IR_COMPARE)
		for (uint32_t i = 0; i < op->nr_args; i++)
			mark_tested(v, op->args[i], depth + 1);
}

/* What `c ? a : b` stores into a tested place decides as much as the place itself. */
static void mark_choices(struct values *v)
{
	const struct ir_func *f = v->func->ir;
	for (uint32_t i = f->nr_ops; i-- > 0;) {
		const struct ir_op *op = &f->ops[i];
		if (op->kind != IR_STORE || op->args[0] == IR_NONE || op->args[1] == IR_NONE)
			continue;
		uint32_t to = v->address[op->args[0]], from = v->content[v->origin[op->args[1]]];
		if (to == NO_PATH || from == NO_PATH || !v->is_tested[to] ||
			v->paths.at[from].kind != PATH_VAR)
			continue;
		if (f->vars[v->paths.at[from].var].flags & IR_VAR_SYNTHETIC)
			v->is_tested[from] = true;
	}
}

const struct values *values_of(struct program *p, struct func *f)
{
	if (f->values)
		return f->values;
	const struct ir_func *ir = f->ir;
	struct values *v = arena_new(p->arena, struct values);
	v->func = f;
	v->address = arena_array(p->arena, uint32_t, ir->nr_ops);
	v->content = arena_array(p->arena, uint32_t, ir->nr_ops);
	v->origin = arena_array(p->arena, ir_value, ir->nr_ops);
	map_init(&v->numbers, p->arena);
	struct builder b = {.p = p, .v = v};
	find_bound(&b);
	for (uint32_t i = 0; i < ir->nr_ops; i++)
		visit(&b, i);
	v->stored = arena_array(p->arena, uint32_t, ir->nr_ops);
	memset(v->stored, 0xff, ir->nr_ops * sizeof(*v->stored));
	v->is_stale = arena_array(p->arena, bool, ir->nr_ops);
	uint32_t *written = arena_array(p->arena, uint32_t, v->paths.nr);
	for (uint32_t i = 0; i < ir->nr_blocks; i++)
		find_stored(v, i, written);
	v->is_tested = arena_array(p->arena, bool, v->paths.nr);
	for (uint32_t i = 0; i < ir->nr_ops; i++)
		if (ir->ops[i].kind == IR_BRANCH || ir->ops[i].kind == IR_SWITCH ||
			ir->ops[i].kind == IR_RETURN)
			for (uint32_t k = 0; k < ir->ops[i].nr_args; k++)
				mark_tested(v, ir->ops[i].args[k], 0);
	mark_choices(v);
	f->values = v;
	return v;
}

ir_value value_of_temporary(const struct values *v, ir_value value)
{
	const struct ir_func *f = v->func->ir;
	if (value == IR_NONE || f->ops[value].kind != IR_VAR ||
		!(f->vars[f->ops[value].var].flags & IR_VAR_SYNTHETIC))
		return value;
	for (uint32_t i = value; i-- > 0;) {
		const struct ir_op *op = &f->ops[i];
		if (op->kind == IR_STORE && op->args[0] != IR_NONE &&
			f->ops[op->args[0]].kind == IR_VAR &&
			f->ops[op->args[0]].var == f->ops[value].var)
			return op->args[1];
	}
	return value;
}

uint32_t path_find(const struct values *v, enum path_kind kind, uint32_t base, const char *sym)
{
	for (uint32_t i = base == NO_PATH ? NO_PATH : 0; i < v->paths.nr; i++) {
		const struct path *p = &v->paths.at[i];
		if (p->kind == kind && p->base == base && str_eq(p->sym, sym))
			return i;
	}
	return NO_PATH;
}

uint32_t path_add_field(struct program *p, struct func *f, uint32_t base, const char *sym)
{
	struct builder b = {.p = p, .v = f->values};
	size_t before = f->values->paths.nr;
	uint32_t path = path_step(&b, PATH_FIELD, base, sym);
	if (f->values->paths.nr == before)
		return path;
	bool *is_tested = arena_array(p->arena, bool, f->values->paths.nr);
	memcpy(is_tested, f->values->is_tested, before);
	f->values->is_tested = is_tested;
	return path;
}

uint32_t path_root_var(const struct values *v, uint32_t path)
{
	while (v->paths.at[path].kind != PATH_VAR && v->paths.at[path].kind != PATH_GLOBAL)
		path = v->paths.at[path].base;
	return v->paths.at[path].kind == PATH_VAR ? v->paths.at[path].var : IR_NONE;
}

bool path_is_within(const struct values *v, uint32_t inner, uint32_t outer)
{
	for (;;) {
		if (inner == outer)
			return true;
		if (v->paths.at[inner].kind == PATH_VAR || v->paths.at[inner].kind == PATH_GLOBAL)
			return false;
		inner = v->paths.at[inner].base;
	}
}

bool path_is_element(const struct values *v, uint32_t path)
{
	while (v->paths.at[path].kind >= PATH_FIELD) {
		if (v->paths.at[path].kind == PATH_INDEX)
			return true;
		path = v->paths.at[path].base;
	}
	return false;
}

/* A reference is followed without saying so. */
static bool is_reference(const struct values *v, const struct path *pointer)
{
	const struct path *base = &v->paths.at[pointer->base];
	return pointer->kind == PATH_DEREF && base->kind == PATH_VAR &&
	       (v->func->ir->vars[base->var].flags & IR_VAR_REFERENCE);
}

static void add_text(const struct values *v, uint32_t path, struct strbuf *out)
{
	const struct path *at = &v->paths.at[path];
	const struct path *base = at->kind >= PATH_FIELD ? &v->paths.at[at->base] : NULL;
	switch (at->kind) {
	case PATH_VAR:
		strbuf_add(out, v->func->ir->vars[at->var].name);
		break;
	case PATH_GLOBAL:
		strbuf_add(out, ir_simple_name(at->sym));
		break;
	case PATH_FIELD:
		add_text(v, base->kind == PATH_DEREF ? base->base : at->base, out);
		strbuf_addf(out, "%s%s",
			base->kind == PATH_DEREF && !is_reference(v, base) ? "->" : ".",
			ir_simple_name(at->sym));
		break;
	case PATH_INDEX:
		add_text(v, base->kind == PATH_DEREF ? base->base : at->base, out);
		strbuf_add(out, "[]");
		break;
	case PATH_DEREF:
		if (!is_reference(v, at))
			strbuf_addc(out, '*');
		add_text(v, at->base, out);
		break;
	}
}

const char *path_text(const struct values *v, uint32_t path, struct arena *a)
{
	struct strbuf out;
	strbuf_init(&out, a);
	add_text(v, path, &out);
	return strbuf_str(&out);
}
