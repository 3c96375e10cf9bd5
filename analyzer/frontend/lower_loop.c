/* Loops: while, do, for, and range-for. */
#include "frontend/lower.h"

void lower_while(struct lower *l, CXCursor c)
{
	CXCursor var;
	bool has_var;
	struct cursors in = without_var(l->u, c, &var, &has_var);
	struct place at = place_of(l->u, c);
	struct live *live = l->live;
	struct target brk, cont;
	if (in.nr != 2) {
		mark_incomplete(l, "while", at);
		return;
	}
	uint32_t head = new_block(l), body = new_block(l), leave = new_block(l);
	uint32_t done = has_var ? new_block(l) : leave;
	emit_jump(l, head, at);
	ir_build_at(l->b, head);
	push_target(l, &l->breaks, &brk, leave);
	push_target(l, &l->continues, &cont, head);
	if (has_var)
		lower_local_var(l, var);
	lower_cond(l, in.at[0], body, done);
	ir_build_at(l->b, body);
	lower_body(l, in.at[1]);
	scope_leave_to(l, live, at);
	emit_jump(l, head, at);
	if (has_var) {
		ir_build_at(l->b, done);
		scope_leave_to(l, live, at);
		emit_jump(l, leave, at);
	}
	l->live = live;
	l->breaks = brk.up;
	l->continues = cont.up;
	ir_build_at(l->b, leave);
}

void lower_do(struct lower *l, CXCursor c)
{
	struct cursors in = children_of(l->u, c);
	struct place at = place_of(l->u, c);
	struct target brk, cont;
	if (in.nr != 2) {
		mark_incomplete(l, "do", at);
		return;
	}
	uint32_t body = new_block(l), test = new_block(l), leave = new_block(l);
	emit_jump(l, body, at);
	ir_build_at(l->b, body);
	push_target(l, &l->breaks, &brk, leave);
	push_target(l, &l->continues, &cont, test);
	lower_body(l, in.at[0]);
	emit_jump(l, test, at);
	ir_build_at(l->b, test);
	lower_cond(l, in.at[1], body, leave);
	l->breaks = brk.up;
	l->continues = cont.up;
	ir_build_at(l->b, leave);
}

void lower_for(struct lower *l, CXCursor c)
{
	struct for_parts p;
	struct place at = place_of(l->u, c);
	struct live *live = l->live;
	struct target brk, cont;
	if (!for_parts(l, c, &p)) {
		mark_incomplete(l, "for", at);
		return;
	}
	uint32_t nr_stmts = l->f->nr_stmts;
	if (p.has_init)
		lower_stmt(l, p.init);
	l->f->nr_stmts = nr_stmts; /* part of the head */
	struct live *inner = l->live;
	uint32_t head = new_block(l), body = new_block(l), step = new_block(l);
	uint32_t leave = new_block(l), done = p.has_cond_var ? new_block(l) : leave;
	emit_jump(l, head, at);
	ir_build_at(l->b, head);
	push_target(l, &l->breaks, &brk, leave);
	if (p.has_cond_var)
		lower_local_var(l, p.cond_var);
	push_target(l, &l->continues, &cont, step);
	if (p.has_cond)
		lower_cond(l, p.cond, body, done);
	else
		emit_jump(l, body, at);
	ir_build_at(l->b, body);
	lower_body(l, p.body);
	emit_jump(l, step, at);
	ir_build_at(l->b, step);
	if (p.has_step)
		lower_effect(l, p.step);
	scope_leave_to(l, inner, at);
	emit_jump(l, head, at);
	if (p.has_cond_var) {
		ir_build_at(l->b, done);
		scope_leave_to(l, inner, at);
		emit_jump(l, leave, at);
	}
	l->live = inner;
	l->breaks = brk.up;
	l->continues = cont.up;
	ir_build_at(l->b, leave);
	scope_close(l, live, at);
}

/* The variables libclang shows are those of the rewritten loop; an element stands for what the
 * iterator gives, and whether there is one more is not known. */
void lower_range_for(struct lower *l, CXCursor c)
{
	CXCursor var;
	bool has_var;
	struct cursors all = children_of(l->u, c), in = without_var(l->u, c, &var, &has_var);
	struct place at = place_of(l->u, c);
	struct live *live = l->live;
	struct target brk, cont;
	CXCursor binding = clang.getNullCursor();
	if (!has_var && all.nr && clang.getCursorKind(all.at[0]) == CXCursor_UnexposedDecl)
		binding = all.at[0];
	if (in.nr < 2) {
		mark_incomplete(l, "range for", at);
		return;
	}
	if (in.nr > 2)
		lower_stmt(l, in.at[0]);
	ir_value range = lower_bound(l, in.at[in.nr - 2]);
	uint32_t head = new_block(l), body = new_block(l), leave = new_block(l);
	emit_jump(l, head, at);
	ir_build_at(l->b, head);
	push_target(l, &l->breaks, &brk, leave);
	push_target(l, &l->continues, &cont, head);
	struct ir_op more = {.kind = IR_CALC, .sym = keep_str(l->u, "more")};
	emit_branch(l, emit(l, more, at, &range, 1), body, leave, at);
	ir_build_at(l->b, body);
	struct live *outside = l->live;
	ir_value element = emit1(l, IR_INDEX, at, range);
	if (has_var)
		lower_element_var(l, var, element);
	else if (!clang.Cursor_isNull(binding))
		lower_binding(l, binding, element);
	lower_body(l, in.at[in.nr - 1]);
	scope_close(l, outside, at);
	emit_jump(l, head, at);
	l->breaks = brk.up;
	l->continues = cont.up;
	ir_build_at(l->b, leave);
	scope_close(l, live, at);
}
