/* Builds a function's IR, then drops unreachable blocks and renumbers. */
#include "ir/builder.h"

#include "base/vec.h"

#include <string.h>

struct pending_block {
	VEC(uint32_t) ops; /* into builder ops */
	const struct ir_edge *succs;
	uint32_t nr_succs;
	bool ended;
};

struct ir_builder {
	struct arena *scratch, *out;
	struct ir_func *func;
	VEC(struct ir_op) ops;
	VEC(struct ir_var) vars;
	VEC(struct pending_block) blocks;
	uint32_t at;
};

struct ir_builder *ir_builder_new(struct arena *scratch, struct arena *out, struct ir_func *func)
{
	struct ir_builder *b = arena_new(scratch, struct ir_builder);
	b->scratch = scratch;
	b->out = out;
	b->func = func;
	b->at = ir_build_block(b);
	return b;
}

uint32_t ir_build_var(struct ir_builder *b, struct ir_var var)
{
	if (!var.name)
		var.name = "";
	if (!var.type)
		var.type = "";
	if (!var.cleanup)
		var.cleanup = "";
	vec_push(b->scratch, &b->vars, var);
	return (uint32_t)b->vars.nr - 1;
}

struct ir_var *ir_builder_var(struct ir_builder *b, uint32_t var)
{
	return &b->vars.at[var];
}

uint32_t ir_build_block(struct ir_builder *b)
{
	vec_push(b->scratch, &b->blocks, (struct pending_block){0});
	return (uint32_t)b->blocks.nr - 1;
}

void ir_build_at(struct ir_builder *b, uint32_t block)
{
	b->at = block;
}

uint32_t ir_builder_block(const struct ir_builder *b)
{
	return b->at;
}

bool ir_builder_ended(const struct ir_builder *b)
{
	return b->blocks.at[b->at].ended;
}

ir_value ir_build(struct ir_builder *b, struct ir_op op, const ir_value *args, uint32_t nr_args)
{
	if (ir_builder_ended(b))
		b->at = ir_build_block(b);
	ir_value *copy = NULL;
	if (nr_args) {
		copy = arena_array(b->out, ir_value, nr_args);
		memcpy(copy, args, nr_args * sizeof(*copy));
	}
	op.args = copy;
	op.nr_args = nr_args;
	if (!op.sym)
		op.sym = "";
	if (!op.link)
		op.link = "";
	if (!op.type)
		op.type = "";
	vec_push(b->scratch, &b->ops, op);
	uint32_t number = (uint32_t)b->ops.nr - 1;
	struct pending_block *block = &b->blocks.at[b->at];
	vec_push(b->scratch, &block->ops, number);
	return number;
}

void ir_build_end(struct ir_builder *b, struct ir_op op, ir_value arg, const struct ir_edge *succs,
	uint32_t nr_succs)
{
	ir_build(b, op, &arg, arg == IR_NONE ? 0 : 1);
	struct pending_block *block = &b->blocks.at[b->at];
	struct ir_edge *copy = arena_array(b->out, struct ir_edge, nr_succs);
	for (uint32_t i = 0; i < nr_succs; i++) {
		copy[i] = succs[i];
		if (!copy[i].label)
			copy[i].label = "";
	}
	block->succs = copy;
	block->nr_succs = nr_succs;
	block->ended = true;
}

void ir_build_jump(struct ir_builder *b, uint32_t to, struct ir_loc loc)
{
	if (ir_builder_ended(b))
		return;
	struct ir_edge edge = {.block = to};
	ir_build_end(b, (struct ir_op){.kind = IR_JUMP, .loc = loc}, IR_NONE, &edge, 1);
}

struct ir_op *ir_builder_op(struct ir_builder *b, ir_value v)
{
	return &b->ops.at[v];
}

/* Reverse postorder from the entry into `order`; returns how many blocks were reached. */
static uint32_t order_blocks(struct ir_builder *b, uint32_t *order)
{
	uint32_t nr = (uint32_t)b->blocks.nr, reached = 0, depth = 0;
	unsigned char *seen = arena_array(b->scratch, unsigned char, nr);
	uint32_t *stack = arena_array(b->scratch, uint32_t, nr);
	uint32_t *next = arena_array(b->scratch, uint32_t, nr);
	uint32_t *post = arena_array(b->scratch, uint32_t, nr);
	stack[depth++] = 0;
	seen[0] = 1;
	while (depth) {
		uint32_t at = stack[depth - 1];
		struct pending_block *block = &b->blocks.at[at];
		if (next[at] < block->nr_succs) {
			/* the last edge first, so that the first one ends up right behind */
			uint32_t to = block->succs[block->nr_succs - 1 - next[at]++].block;
			if (!seen[to]) {
				seen[to] = 1;
				stack[depth++] = to;
			}
		} else {
			post[reached++] = at;
			depth--;
		}
	}
	for (uint32_t i = 0; i < reached; i++)
		order[i] = post[reached - 1 - i];
	return reached;
}

/* A value may be used outside the blocks that are kept only from blocks that are dropped too;
 * within kept blocks every argument was computed in a kept block. Where the frontend broke that
 * (an expression with no value), the argument becomes IR_NONE. */
static void renumber_args(struct ir_op *op, uint32_t number, const ir_value *renumbered)
{
	ir_value *args = (ir_value *)op->args;
	for (uint32_t i = 0; i < op->nr_args; i++) {
		ir_value v = args[i] == IR_NONE ? IR_NONE : renumbered[args[i]];
		args[i] = v < number ? v : IR_NONE;
	}
}

void ir_build_finish(struct ir_builder *b, struct ir_loc end)
{
	for (uint32_t i = 0; i < b->blocks.nr; i++) {
		if (!b->blocks.at[i].ended) {
			b->at = i;
			ir_build_end(
				b, (struct ir_op){.kind = IR_RETURN, .loc = end}, IR_NONE, NULL, 0);
		}
	}
	uint32_t *order = arena_array(b->scratch, uint32_t, b->blocks.nr);
	uint32_t nr_blocks = order_blocks(b, order);
	uint32_t *new_block = arena_array(b->scratch, uint32_t, b->blocks.nr);
	ir_value *new_value = arena_array(b->scratch, ir_value, b->ops.nr);
	memset(new_value, 0xff, b->ops.nr * sizeof(*new_value));
	uint32_t nr_ops = 0;
	for (uint32_t i = 0; i < nr_blocks; i++) {
		new_block[order[i]] = i;
		nr_ops += (uint32_t)b->blocks.at[order[i]].ops.nr;
	}
	struct ir_func *f = b->func;
	f->nr_blocks = nr_blocks;
	f->blocks = arena_array(b->out, struct ir_block, nr_blocks);
	f->nr_ops = nr_ops;
	f->ops = arena_array(b->out, struct ir_op, nr_ops);
	uint32_t at = 0;
	for (uint32_t i = 0; i < nr_blocks; i++) {
		struct pending_block *from = &b->blocks.at[order[i]];
		f->blocks[i].first = at;
		f->blocks[i].nr_ops = (uint32_t)from->ops.nr;
		for (size_t k = 0; k < from->ops.nr; k++) {
			new_value[from->ops.at[k]] = at;
			f->ops[at++] = b->ops.at[from->ops.at[k]];
		}
		struct ir_edge *succs = (struct ir_edge *)from->succs;
		for (uint32_t k = 0; k < from->nr_succs; k++)
			succs[k].block = new_block[succs[k].block];
		f->blocks[i].succs = succs;
		f->blocks[i].nr_succs = from->nr_succs;
	}
	for (uint32_t i = 0; i < nr_ops; i++)
		renumber_args(&f->ops[i], i, new_value);
	f->nr_vars = (uint32_t)b->vars.nr;
	f->vars = arena_array(b->out, struct ir_var, b->vars.nr);
	if (b->vars.nr)
		memcpy(f->vars, b->vars.at, b->vars.nr * sizeof(*f->vars));
}
