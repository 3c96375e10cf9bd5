/* Checks the invariants of the IR. */
#include "ir/validate.h"

static bool needs_var(uint8_t kind)
{
	return kind == IR_VAR || kind == IR_SCOPE_END;
}

/* How many arguments an op must have at least, so that readers need not ask. */
static uint32_t least_args(uint8_t kind)
{
	switch (kind) {
	case IR_FIELD:
	case IR_LOAD:
	case IR_COPY:
	case IR_BRANCH:
	case IR_COMPARE:
	case IR_INDEX:
		return 1;
	case IR_STORE:
		return 2;
	default:
		return 0;
	}
}

static bool op_is_valid(const struct ir_func *f, uint32_t number)
{
	const struct ir_op *op = &f->ops[number];
	if (op->kind >= IR_NR_KINDS || op->nr_args < least_args(op->kind))
		return false;
	if (needs_var(op->kind) && op->var >= f->nr_vars)
		return false;
	for (uint32_t i = 0; i < op->nr_args; i++)
		if (op->args[i] != IR_NONE && op->args[i] >= number)
			return false; /* only earlier values: chains of values never loop */
	return true;
}

static bool block_is_valid(const struct ir_func *f, const struct ir_block *block, uint32_t first)
{
	if (block->first != first || block->nr_ops == 0 || block->nr_ops > f->nr_ops - first)
		return false;
	for (uint32_t i = 0; i < block->nr_ops; i++) {
		bool is_last = i + 1 == block->nr_ops;
		if (ir_is_terminator(f->ops[first + i].kind) != is_last)
			return false;
	}
	const struct ir_op *last = &f->ops[first + block->nr_ops - 1];
	if (last->kind == IR_BRANCH && block->nr_succs != 2)
		return false;
	if (last->kind == IR_JUMP && block->nr_succs != 1)
		return false;
	for (uint32_t i = 0; i < block->nr_succs; i++)
		if (block->succs[i].block >= f->nr_blocks)
			return false;
	return true;
}

bool ir_func_is_valid(const struct ir_func *f)
{
	if (f->nr_params > f->nr_vars || f->nr_blocks == 0)
		return false;
	uint32_t at = 0;
	for (uint32_t i = 0; i < f->nr_ops; i++)
		if (!op_is_valid(f, i))
			return false;
	for (uint32_t i = 0; i < f->nr_blocks; i++) {
		if (!block_is_valid(f, &f->blocks[i], at))
			return false;
		at += f->blocks[i].nr_ops;
	}
	return at == f->nr_ops;
}

static bool loc_is_valid(const struct ir_unit *u, const struct ir_loc *loc)
{
	return loc->line == 0 || loc->file < u->nr_files;
}

bool ir_locs_are_valid(const struct ir_unit *u)
{
	for (uint32_t i = 0; i < u->nr_funcs; i++) {
		const struct ir_func *f = &u->funcs[i];
		if (!loc_is_valid(u, &f->loc))
			return false;
		for (uint32_t k = 0; k < f->nr_ops; k++)
			if (!loc_is_valid(u, &f->ops[k].loc) ||
				(f->ops[k].kind == IR_CONST && f->ops[k].var > u->nr_literals))
				return false;
		for (uint32_t k = 0; k < f->nr_vars; k++)
			if (!loc_is_valid(u, &f->vars[k].loc))
				return false;
	}
	for (uint32_t i = 0; i < u->nr_literals; i++)
		if (!loc_is_valid(u, &u->literals[i]))
			return false;
	for (uint32_t i = 0; i < u->nr_decls; i++)
		if (!loc_is_valid(u, &u->decls[i].loc))
			return false;
	for (uint32_t i = 0; i < u->nr_comments; i++)
		if (!loc_is_valid(u, &u->comments[i].loc))
			return false;
	for (uint32_t i = 0; i < u->nr_problems; i++)
		if (!loc_is_valid(u, &u->problems[i].loc))
			return false;
	return true;
}
