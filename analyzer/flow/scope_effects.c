/* A scope is entered by one call and left by another; whoever else gets it keeps it. */
#include "flow/scope_effects.h"

#include <string.h>

static bool is_other_scope(const struct effects *fx, ir_value handle)
{
	if (handle == IR_NONE)
		return false;
	return fx->values->origin[handle] == fx->query->other ||
	       (fx->other_path != NO_PATH && fx->values->content[handle] == fx->other_path);
}

static enum effect_event leave_scope(struct effects *fx, struct state *s, ir_value handle)
{
	if (handle != IR_NONE && effects_carries(fx, s, handle))
		s->phase = s->phase == SPAN_OPEN ? SPAN_ENDED : s->phase;
	else if (is_other_scope(fx, handle))
		s->flags &= ~(uint32_t)STATE_OTHER_SCOPE;
	return EVENT_NONE;
}

static enum effect_event enter_scope(struct effects *fx, struct state *s, const struct call *call)
{
	if (call->op == fx->query->other && s->phase == SPAN_OPEN)
		s->flags |= STATE_OTHER_SCOPE;
	if (call->op != fx->query->op)
		return EVENT_NONE;
	bool again = s->phase == SPAN_OPEN && !effects_ends_itself(fx, s);
	s->phase = SPAN_OPEN;
	s->subject = call->op;
	s->flags = 0;
	memset(s->holders, 0, sizeof(s->holders));
	s->nr_holders = 0;
	return again ? EVENT_RESTART : EVENT_NONE;
}

/* What calls do to a scope: nobody but the API leaves it, and who else gets it keeps it. */
enum effect_event scope_effects_run(struct effects *fx, struct state *s, const struct call *call)
{
	const struct ir_op *op = &fx->func->ir->ops[call->op];
	const struct model_call *m = call->model;
	if (!m || m->effect == EFFECT_SWAP || m->effect == EFFECT_KEEP) {
		for (uint32_t k = 0; k < op->nr_args; k++)
			if (effects_carries(fx, s, op->args[k]) && s->phase == SPAN_OPEN)
				s->phase = SPAN_GONE;
		return EVENT_NONE;
	}
	switch (m->effect) {
	case EFFECT_ACTIVATE:
		return enter_scope(fx, s, call);
	case EFFECT_DEACTIVATE:
		return leave_scope(
			fx, s, m->scope < 0 ? IR_NONE : ir_call_arg(op, (unsigned)m->scope));
	default:
		return EVENT_NONE;
	}
}
