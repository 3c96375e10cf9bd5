/* Tells accessors and small functions from those that do something. */
#include "flow/shape.h"

#include "base/str.h"
#include "flow/cost.h"
#include "flow/values.h"

/* A short function has at most this many lines of work, and reaches at most that many. The numbers
 * follow the longest accessors and helpers that reviewers agreed on in tests/corpus. */
#define SMALL_OWN    10
#define SMALL_TOTAL  30
#define ACCESSOR_OWN 2

static bool is_handle_var(struct program *p, const struct func *f, uint32_t var)
{
	const struct model_type *t = models_type(p->models, f->ir->vars[var].type);
	return t && t->role != ROLE_NONE;
}

/* Reached from a parameter, `this` included, or from a global. */
static bool is_given(const struct values *v, uint32_t path)
{
	uint32_t var = path_root_var(v, path);
	return var == IR_NONE || (v->func->ir->vars[var].flags & IR_VAR_PARAM);
}

struct traits {
	uint32_t reads, writes; /* of fields and globals that were given */
	uint32_t branches, calls;
	bool compares, returns_value;
};

/* Marks a value and what it is read from. */
static void mark(const struct ir_func *f, bool *marked, ir_value v)
{
	if (v == IR_NONE || marked[v] || f->ops[v].kind == IR_CALL)
		return;
	marked[v] = true;
	for (uint32_t i = 0; i < f->ops[v].nr_args; i++)
		mark(f, marked, f->ops[v].args[i]);
}

/* What only telemetry reads, the tracer for one, is nothing the function does. */
static bool *read_by_telemetry(struct program *p, const struct func *f)
{
	bool *marked = arena_array(p->arena, bool, f->ir->nr_ops);
	for (uint32_t i = 0; i < f->nr_calls; i++) {
		const struct ir_op *op = &f->ir->ops[f->calls[i].op];
		for (uint32_t k = 0; f->calls[i].model && k < op->nr_args; k++)
			mark(f->ir, marked, op->args[k]);
	}
	return marked;
}

static void look(struct program *p, struct func *f, struct traits *t)
{
	const struct values *v = values_of(p, f);
	const bool *is_telemetry = read_by_telemetry(p, f);
	for (uint32_t i = 0; i < f->ir->nr_ops; i++) {
		const struct ir_op *op = &f->ir->ops[i];
		uint32_t path = v->address[i];
		bool is_field =
			op->kind == IR_FIELD || op->kind == IR_INDEX || op->kind == IR_GLOBAL;
		if (is_field && !is_telemetry[i] && path != NO_PATH && is_given(v, path))
			t->reads++;
		if (op->kind == IR_STORE && op->args[0] != IR_NONE) {
			path = v->address[op->args[0]];
			uint32_t var = path == NO_PATH ? IR_NONE : path_root_var(v, path);
			if (path != NO_PATH && v->paths.at[path].kind != PATH_VAR &&
				is_given(v, path) && !(var != IR_NONE && is_handle_var(p, f, var)))
				t->writes++;
		}
		if (op->kind == IR_BRANCH || op->kind == IR_SWITCH)
			t->branches += f->ir->ops[op->args[0]].kind != IR_CONST;
		if (op->kind == IR_CALL && !cost_is_telemetry(p, f, i))
			t->calls++;
		t->compares |= op->kind == IR_COMPARE;
		t->returns_value |= op->kind == IR_RETURN && op->nr_args;
	}
}

static bool returns_bool(const struct func *f)
{
	return str_eq(f->ir->ret, "bool") || str_eq(f->ir->ret, "_Bool");
}

static enum shape accessor_shape(struct program *p, struct func *f)
{
	struct traits t = {0};
	look(p, f, &t);
	if (f->cost->stmts > ACCESSOR_OWN || f->cost->worst > COST_FREE || t.branches > 2)
		return SHAPE_OTHER;
	if (f->cost->total > f->cost->stmts + ACCESSOR_OWN)
		return SHAPE_OTHER;
	if (f->ir->flags & IR_FUNC_OPERATOR)
		return SHAPE_OPERATOR;
	if (f->ir->flags & IR_FUNC_CONSTRUCTOR)
		return t.calls ? SHAPE_OTHER : SHAPE_CONSTRUCTOR;
	if (t.returns_value && returns_bool(f) && (t.reads || t.compares) && !t.writes)
		return SHAPE_PREDICATE;
	if (t.returns_value && t.reads && !t.writes && t.calls <= 1)
		return SHAPE_GETTER;
	if (!t.returns_value && t.writes && !t.calls)
		return SHAPE_SETTER;
	return SHAPE_OTHER;
}

enum shape shape_of(struct program *p, struct func *f)
{
	const struct cost *c = f->cost;
	if (!cost_is_short(c) || f->is_recursive || (f->ir->flags & IR_FUNC_TEMPLATE))
		return SHAPE_OTHER;
	if (c->stmts > SMALL_OWN || c->total > SMALL_TOTAL)
		return SHAPE_OTHER;
	enum shape s = accessor_shape(p, f);
	return s == SHAPE_OTHER ? SHAPE_SMALL : s;
}

const char *shape_name(enum shape s)
{
	static const char *const names[] = {"a function", "a getter", "a setter", "a predicate",
		"an operator", "a constructor of plain fields", "a small function"};
	return names[s];
}

bool shape_deserves_span(const struct func *f)
{
	if (f->critical || f->is_not_trivial)
		return true;
	return f->cost->worst == COST_LOCK || f->cost->worst >= COST_IO;
}
