/* What happens at the end of a scope: destructors and cleanup attributes, in reverse order. */
#include "frontend/lower.h"

void scope_add(struct lower *l, uint32_t var)
{
	struct ir_var *v = ir_builder_var(l->b, var);
	if (!(v->flags & IR_VAR_DTOR) && !v->cleanup[0])
		return;
	struct live *live = arena_new(l->u->scratch, struct live);
	live->up = l->live;
	live->var = var;
	live->depth = l->live ? l->live->depth + 1 : 1;
	l->live = live;
}

static void end_lifetime(struct lower *l, uint32_t var, struct place at)
{
	struct ir_var v = *ir_builder_var(l->b, var);
	if (v.cleanup[0]) {
		ir_value address = emit_var(l, var, at);
		struct ir_op call = {.kind = IR_CALL, .sym = v.cleanup, .type = "void"};
		call.flags = IR_CALL_CLEANUP | IR_CALL_DISCARDED;
		CXCursor function = find_function(l->u, v.cleanup);
		if (!clang.Cursor_isNull(function)) {
			const struct callee *callee = callee_of(l->u, function);
			call.sym = callee->name;
			call.link = callee->link;
			call.flags |= callee->flags;
			call.type = type_name(l->u, clang.getResultType(callee->type));
		}
		emit(l, call, at, &address, 1);
	}
	if (v.flags & IR_VAR_DTOR)
		emit(l, (struct ir_op){.kind = IR_SCOPE_END, .var = var}, at, NULL, 0);
}

void scope_leave_to(struct lower *l, struct live *to, struct place at)
{
	if (ir_builder_ended(l->b))
		return;
	for (struct live *live = l->live; live && live != to; live = live->up)
		end_lifetime(l, live->var, at);
}

void scope_close(struct lower *l, struct live *to, struct place at)
{
	scope_leave_to(l, to, at);
	l->live = to;
}

struct live *scope_common(struct live *a, struct live *b)
{
	while (a != b) {
		unsigned depth_a = a ? a->depth : 0, depth_b = b ? b->depth : 0;
		if (depth_a >= depth_b)
			a = a->up;
		if (depth_b >= depth_a)
			b = b->up;
	}
	return a;
}
