/* Finds the functions that mention a field, and walks up the call graph from them. */
#include "flow/touch.h"

#include "base/str.h"
#include "flow/callers.h"

static bool mentions(const struct ir_func *f, const char *field)
{
	for (uint32_t i = 0; i < f->nr_ops; i++) {
		const struct ir_op *op = &f->ops[i];
		if (op->kind == IR_FIELD && str_eq(op->sym, field))
			return true;
	}
	return false;
}

/* Calls of which nobody knows where they go. Tracing's own are known. */
static bool calls_anything(const struct func *f)
{
	for (uint32_t i = 0; i < f->nr_calls; i++) {
		const struct ir_op *op = &f->ir->ops[f->calls[i].op];
		if (!f->calls[i].model && !f->calls[i].callee &&
			(op->flags & (IR_CALL_INDIRECT | IR_CALL_VIRTUAL)))
			return true;
	}
	return false;
}

/* One byte for each function. */
static bool *find_all(struct program *p, const char *field)
{
	bool *touches = arena_array(p->arena, bool, p->funcs.nr);
	VEC(struct func *) todo = {0};
	for (size_t i = 0; i < p->funcs.nr; i++) {
		struct func *f = p->funcs.at[i];
		if (!mentions(f->ir, field) && !calls_anything(f))
			continue;
		touches[i] = true;
		vec_push(p->arena, &todo, f);
	}
	while (todo.nr) {
		const struct callers *up = callers_of(p, todo.at[--todo.nr]);
		for (size_t i = 0; i < up->all.nr; i++) {
			struct func *f = up->all.at[i].func;
			if (touches[f->number])
				continue;
			touches[f->number] = true;
			vec_push(p->arena, &todo, f);
		}
	}
	return touches;
}

bool touches_field(struct program *p, const struct func *f, const char *field)
{
	void **slot = map_slot(&p->touches, field);
	if (!*slot)
		*slot = find_all(p, field);
	return ((const bool *)*slot)[f->number];
}
