/* Tells the ways of a method on an empty object from those on a full one. */
#include "flow/class_method.h"

#define MAX_DEPTH 12

/* Does the value hang on nothing but the object itself, or on what all of the program shares? */
static bool is_own(const struct ir_func *f, ir_value v, unsigned depth)
{
	if (v == IR_NONE || !depth)
		return false;
	const struct ir_op *op = &f->ops[v];
	switch (op->kind) {
	case IR_CONST:
	case IR_GLOBAL:
		return true;
	case IR_VAR:
		return f->vars[op->var].flags & (IR_VAR_THIS | IR_VAR_STATIC);
	case IR_LOAD:
	case IR_COPY:
	case IR_FIELD:
	case IR_COMPARE:
	case IR_CALC:
	case IR_CALL:
		for (uint32_t i = 0; i < op->nr_args; i++)
			if (!is_own(f, op->args[i], depth - 1))
				return false;
		return op->nr_args != 0;
	default:
		return false;
	}
}

static bool is_guarded(const struct ir_func *f, const struct walk_exit *e)
{
	for (uint32_t i = 0; i < e->nr_hops; i++) {
		const struct ir_op *op = &f->ops[e->hops[i].op];
		if (op->kind == IR_BRANCH && is_own(f, op->args[0], MAX_DEPTH))
			return true;
	}
	return false;
}

static bool does_nothing(const struct walk_exit *e)
{
	return e->kind == EXIT_RETURN && (e->phase == SPAN_OPEN || e->phase == SPAN_FAILED) &&
	       !e->keys && !(e->flags & (STATE_ERROR_STATUS | STATE_MAYBE_ERROR | STATE_OK_STATUS));
}

/* `return *this;` leaves the span with the caller. */
static struct walk_exit as_given_back(const struct func *f, const struct walk_exit *from)
{
	struct walk_exit e = *from;
	if (f->returns_object && e.phase == SPAN_GONE && (e.flags & STATE_RETURNED))
		e.phase = SPAN_OPEN;
	return e;
}

struct walk class_method_ways(struct program *p, const struct func *f, const struct walk *w)
{
	struct walk out = *w;
	out.exits.at = NULL;
	out.exits.nr = out.exits.cap = 0;
	bool is_done = false;
	for (size_t i = 0; i < w->exits.nr; i++) {
		struct walk_exit e = as_given_back(f, &w->exits.at[i]);
		is_done |= !does_nothing(&e);
	}
	for (size_t i = 0; i < w->exits.nr; i++) {
		struct walk_exit e = as_given_back(f, &w->exits.at[i]);
		if (!is_done || !does_nothing(&e) || !is_guarded(f->ir, &e))
			vec_push(p->arena, &out.exits, e);
	}
	return out;
}
