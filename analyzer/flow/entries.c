/* Finds entry points and what can be reached from them. */
#include "flow/entries.h"

#include "base/vec.h"
#include "flow/callbacks.h"

/* A function named by an op that does not call it. */
static struct func *handed_over(const struct program *p, const struct func *f, uint32_t number)
{
	const struct ir_op *op = &f->ir->ops[number];
	if (op->kind != IR_GLOBAL && op->kind != IR_LAMBDA)
		return NULL;
	return program_find(p, f, op->link);
}

static void find_handlers(const struct program *p, enum entry_kind *kinds, struct arena *a)
{
	bool *is_called = arena_array(a, bool, p->funcs.nr);
	for (size_t i = 0; i < p->funcs.nr; i++) {
		const struct func *f = p->funcs.at[i];
		for (uint32_t k = 0; k < f->nr_calls; k++)
			if (f->calls[k].callee)
				is_called[f->calls[k].callee->number] = true;
	}
	for (size_t i = 0; i < p->funcs.nr; i++) {
		const struct func *f = p->funcs.at[i];
		for (uint32_t k = 0; k < f->ir->nr_ops; k++) {
			const struct func *used = handed_over(p, f, k);
			if (used && !is_called[used->number])
				kinds[used->number] = ENTRY_HANDLER;
		}
	}
}

enum entry_kind *entries_find(const struct program *p, struct arena *a)
{
	enum entry_kind *kinds = arena_array(a, enum entry_kind, p->funcs.nr);
	find_handlers(p, kinds, a);
	for (size_t i = 0; i < p->callbacks->all.nr; i++)
		if (p->callbacks->all.at[i].model->kind == CALLBACK_THREAD)
			kinds[p->callbacks->all.at[i].func->number] = ENTRY_THREAD;
	for (size_t i = 0; i < p->funcs.nr; i++) {
		const struct ir_func *f = p->funcs.at[i]->ir;
		if (f->flags & IR_FUNC_MAIN)
			kinds[i] = ENTRY_MAIN;
		if (f->flags & (IR_FUNC_SYSTEM | IR_FUNC_TEMPLATE))
			kinds[i] = ENTRY_NONE;
	}
	return kinds;
}

static bool is_thread(const struct program *p, const struct func *f)
{
	for (size_t i = 0; i < p->callbacks->all.nr; i++)
		if (p->callbacks->all.at[i].func == f &&
			p->callbacks->all.at[i].model->kind == CALLBACK_THREAD)
			return true;
	return false;
}

void entries_reach(
	const struct program *p, const struct func *entry, bool *reached, struct arena *a)
{
	VEC(const struct func *) todo = {0};
	vec_push(a, &todo, entry);
	while (todo.nr) {
		const struct func *f = todo.at[--todo.nr];
		if (reached[f->number])
			continue;
		reached[f->number] = true;
		for (uint32_t k = 0; k < f->nr_calls; k++)
			if (f->calls[k].callee && !reached[f->calls[k].callee->number])
				vec_push(a, &todo, f->calls[k].callee);
		for (uint32_t k = 0; k < f->ir->nr_ops; k++) {
			const struct func *used = handed_over(p, f, k);
			if (used && !reached[used->number] && !is_thread(p, used))
				vec_push(a, &todo, used);
		}
	}
}
