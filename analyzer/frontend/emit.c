/* Emits ops: thin wrappers around the builder that fill in places. */
#include "frontend/lower.h"

ir_value emit(struct lower *l, struct ir_op op, struct place at, const ir_value *args, size_t nr)
{
	op.loc = at.loc;
	op.flags |= at.flags;
	return ir_build(l->b, op, args, (uint32_t)nr);
}

ir_value emit1(struct lower *l, enum ir_kind kind, struct place at, ir_value arg)
{
	return emit(l, (struct ir_op){.kind = (uint8_t)kind}, at, &arg, 1);
}

ir_value emit_var(struct lower *l, uint32_t var, struct place at)
{
	return emit(l, (struct ir_op){.kind = IR_VAR, .var = var}, at, NULL, 0);
}

ir_value emit_load(struct lower *l, ir_value address, struct place at)
{
	return emit1(l, IR_LOAD, at, address);
}

void emit_store(struct lower *l, ir_value address, ir_value value, struct place at)
{
	ir_value args[2] = {address, value};
	emit(l, (struct ir_op){.kind = IR_STORE}, at, args, 2);
}

void emit_jump(struct lower *l, uint32_t to, struct place at)
{
	ir_build_jump(l->b, to, at.loc);
}

void emit_branch(struct lower *l, ir_value v, uint32_t yes, uint32_t no, struct place at)
{
	if (ir_builder_ended(l->b))
		return;
	/* a condition without a value is one that was broken or thrown out of */
	if (v == IR_NONE)
		v = emit(l, (struct ir_op){.kind = IR_CALC, .sym = keep_str(l->u, "?")}, at, NULL,
			0);
	struct ir_edge edges[2] = {{.block = yes}, {.block = no}};
	struct ir_op op = {.kind = IR_BRANCH, .loc = at.loc, .flags = at.flags};
	ir_build_end(l->b, op, v, edges, 2);
}

void emit_end(struct lower *l, enum ir_kind kind, ir_value arg, struct place at)
{
	struct ir_op op = {.kind = (uint8_t)kind, .loc = at.loc, .flags = at.flags};
	ir_build_end(l->b, op, arg, NULL, 0);
}

uint32_t new_block(struct lower *l)
{
	return ir_build_block(l->b);
}

uint32_t new_synthetic(struct lower *l, CXType type, const char *name, struct place at)
{
	struct ir_var v = {.loc = at.loc, .flags = IR_VAR_SYNTHETIC};
	v.name = keep_str(l->u, arena_printf(l->u->scratch, "%s.%u", name, ++l->nr_synthetic));
	v.type = type_name(l->u, type);
	return ir_build_var(l->b, v);
}

void mark_incomplete(struct lower *l, const char *what, struct place at)
{
	if (!l->f->incomplete[0])
		l->f->incomplete = keep_str(
			l->u, arena_printf(l->u->scratch, "%s on line %u", what, at.loc.line));
}

ir_value lower_unknown(struct lower *l, CXCursor c, const char *what)
{
	struct place at = place_of(l->u, c);
	struct cursors parts = operands_of(l->u, c);
	VEC(ir_value) args = {0};
	for (size_t i = 0; i < parts.nr; i++) {
		ir_value v = lower_value(l, parts.at[i]);
		if (v != IR_NONE)
			vec_push(l->u->scratch, &args, v);
	}
	mark_incomplete(l, what, at);
	return emit(l, (struct ir_op){.kind = IR_UNKNOWN, .sym = keep_str(l->u, what)}, at, args.at,
		args.nr);
}
