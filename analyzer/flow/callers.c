/* Turns the call graph around. */
#include "flow/callers.h"

static void note_func(struct program *p, struct func *f)
{
	for (uint32_t i = 0; i < f->nr_calls; i++) {
		const struct func *callee = f->calls[i].callee;
		if (callee)
			vec_push(p->arena, &p->callers[callee->number].all,
				(struct caller){.func = f, .op = f->calls[i].op});
	}
	for (uint32_t i = 0; i < f->ir->nr_ops; i++) {
		const struct ir_op *op = &f->ir->ops[i];
		if (op->kind != IR_GLOBAL && op->kind != IR_LAMBDA)
			continue;
		const struct func *used = program_find(p, f, op->link);
		if (used)
			p->callers[used->number].is_address_taken = true;
	}
}

const struct callers *callers_of(struct program *p, const struct func *f)
{
	if (!p->callers) {
		p->callers = arena_array(p->arena, struct callers, p->funcs.nr);
		for (size_t i = 0; i < p->funcs.nr; i++)
			note_func(p, p->funcs.at[i]);
	}
	return &p->callers[f->number];
}
