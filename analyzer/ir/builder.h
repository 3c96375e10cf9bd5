/* Builds one function's IR block by block. Values are numbered in the order they are emitted; at
 * the end, blocks nobody reaches are dropped and ops are renumbered so that a block's ops are one
 * slice and blocks are in the order in which a depth-first walk from the entry finishes, reversed
 * (every block comes before its successors, back edges aside). */
#ifndef OTEL_TIDY_IR_BUILDER_H
#define OTEL_TIDY_IR_BUILDER_H

#include "base/arena.h"
#include "ir/ir.h"

struct ir_builder;

/* `out` is where the finished function lives (the unit arena), `scratch` dies with the builder. */
struct ir_builder *ir_builder_new(struct arena *scratch, struct arena *out, struct ir_func *func);

uint32_t ir_build_var(struct ir_builder *b, struct ir_var var);
struct ir_var *ir_builder_var(struct ir_builder *b, uint32_t var);

/* A new empty block; ir_build_at moves to it. Block 0 exists from the start and is current. */
uint32_t ir_build_block(struct ir_builder *b);
void ir_build_at(struct ir_builder *b, uint32_t block);
uint32_t ir_builder_block(const struct ir_builder *b);
/* True when the current block already ended: what follows is unreachable (emitting is allowed and
 * goes to a fresh, unreachable block). */
bool ir_builder_ended(const struct ir_builder *b);

/* Appends an op to the current block. `args` are copied. Terminators take their edges. */
ir_value ir_build(struct ir_builder *b, struct ir_op op, const ir_value *args, uint32_t nr_args);
void ir_build_end(struct ir_builder *b, struct ir_op op, ir_value arg, const struct ir_edge *succs,
	uint32_t nr_succs);
void ir_build_jump(struct ir_builder *b, uint32_t to, struct ir_loc loc);
struct ir_op *ir_builder_op(struct ir_builder *b, ir_value v);

/* Fills nr_ops, ops, nr_blocks, blocks, vars of the function. An open last block gets a RETURN
 * without value at `end`. */
void ir_build_finish(struct ir_builder *b, struct ir_loc end);

#endif
