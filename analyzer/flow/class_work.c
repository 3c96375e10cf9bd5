/* Looks at what the methods of a class do. */
#include "flow/class_work.h"

#include "base/str.h"
#include "flow/class_given.h"

#include <string.h>

#define MAX_DEPTH 5
#define MAX_DATA  3 /* a name, a time, a kind */

static bool has_role(struct program *p, const char *type)
{
	const struct model_type *t = models_type(p->models, type);
	return t && t->role != ROLE_NONE;
}

static bool is_light(struct program *p, const struct func *f, unsigned depth);

/* A constructor that is not in sight is an implicit one, or one of a library's values. */
static bool is_light_call(
	struct program *p, const struct func *f, const struct call *call, unsigned depth)
{
	const struct ir_op *op = &f->ir->ops[call->op];
	if (call->model || (op->flags & (IR_CALL_BUILTIN | IR_CALL_PURE)))
		return true;
	if (call->callee) /* a factory, a getter of the tracer: tracing, whatever it logs */
		return has_role(p, call->callee->ir->ret) ||
		       (depth && is_light(p, call->callee, depth - 1));
	if (op->flags & (IR_CALL_INDIRECT | IR_CALL_VIRTUAL) || !op->sym[0])
		return has_role(p, op->type);
	if (call->io->cost != COST_UNKNOWN)
		return call->io->cost <= COST_ALLOC || call->io->cost == COST_LOCK ||
		       call->io->cost == COST_LOG;
	return (op->flags & IR_CALL_CONSTRUCT) || has_role(p, op->type) ||
	       ((op->flags & IR_CALL_SYSTEM) && str_has_prefix(op->sym, "std::"));
}

static bool is_light(struct program *p, const struct func *f, unsigned depth)
{
	for (uint32_t i = 0; i < f->nr_calls; i++)
		if (!is_light_call(p, f, &f->calls[i], depth))
			return false;
	return true;
}

/* Does it go to the span, or to a scope or context that the class keeps? */
static bool is_about_span(
	struct program *p, const struct span_class *c, const struct func *f, unsigned depth)
{
	size_t n = strlen(c->name);
	for (uint32_t i = 0; i < f->ir->nr_ops; i++) {
		const struct ir_op *op = &f->ir->ops[i];
		const struct call *call = op->kind == IR_CALL ? func_call(f, i) : NULL;
		for (uint32_t k = 0; op->kind == IR_FIELD && k < c->nr_fields; k++)
			if (str_eq(op->sym, c->fields[k]))
				return true;
		if (op->kind == IR_FIELD && has_role(p, op->type) &&
			strncmp(op->sym, c->name, n) == 0)
			return true;
		if (call && call->callee && c->base && call->callee->span_class == c->base)
			return true;
		if (depth && call && call->callee &&
			strncmp(call->callee->ir->name, c->name, n) == 0 &&
			call->callee->ir->nr_params && call->callee->ir->name[n] == ':' &&
			is_about_span(p, c, call->callee, depth - 1))
			return true;
	}
	return false;
}

static bool is_special(const struct span_class *c, const struct func *f)
{
	const char *name = f->ir->name + strlen(c->name) + 2;
	return (f->ir->flags & (IR_FUNC_CONSTRUCTOR | IR_FUNC_DESTRUCTOR)) ||
	       str_eq(name, "operator=") || str_eq(name, "operator bool");
}

/* What an object knows beside its span: members that are neither tracing's nor flags. */
static uint32_t count_data(struct program *p, const struct span_class *c)
{
	size_t n = strlen(c->name);
	uint32_t nr = 0;
	struct map seen;
	struct arena scratch;
	arena_init(&scratch);
	map_init(&seen, &scratch);
	for (size_t i = 0; i < p->funcs.nr; i++) {
		const struct ir_func *f = p->funcs.at[i]->ir;
		for (uint32_t k = 0; k < f->nr_ops; k++) {
			const struct ir_op *op = &f->ops[k];
			bool is_own = op->kind == IR_FIELD && op->sym[0] == c->name[0] &&
				      strncmp(op->sym, c->name, n) == 0 && op->sym[n] == ':' &&
				      !strstr(op->sym + n + 2, "::");
			if (!is_own || !op->type[0] || map_has(&seen, op->sym))
				continue;
			map_put(&seen, op->sym, (void *)op->sym);
			nr += !has_role(p, op->type) && !str_eq(op->type, "bool");
		}
	}
	arena_fini(&scratch);
	return nr;
}

bool class_is_tracing(struct program *p, const struct span_class *c)
{
	uint32_t about = 0, others = 0;
	bool is_given = false;
	for (size_t i = 0; i < c->methods.nr; i++) {
		struct func *f = c->methods.at[i];
		if (!is_light(p, f, MAX_DEPTH))
			return false;
		if (!is_special(c, f)) {
			bool is_about = is_about_span(p, c, f, MAX_DEPTH);
			about += is_about;
			others += !is_about;
		}
		enum given_kind kind = class_given(p, c, f).kind;
		is_given |= kind == GIVEN_START || kind == GIVEN_PARAM;
	}
	return is_given && about >= others && count_data(p, c) <= (about ? MAX_DATA : 0);
}
