/* Judges one call in one state, before it takes effect. */
#include "flow/incidents.h"

#include "flow/callee.h"
#include "flow/classes.h"
#include "flow/status.h"
#include "flow/summary.h"

#define BIT(kind) (1u << (kind))

/* Calls that are lost on a span that has ended. Asking for its context is not one, and neither is
 * starting a child of it. */
static bool is_write(enum model_effect effect)
{
	switch (effect) {
	case EFFECT_ATTRIBUTE:
	case EFFECT_EVENT:
	case EFFECT_STATUS:
	case EFFECT_EXCEPTION:
	case EFFECT_RENAME:
	case EFFECT_LINK:
		return true;
	default:
		return false;
	}
}

/* Calls that read what the handle points to. */
static bool is_access(enum model_effect effect)
{
	return is_write(effect) || effect == EFFECT_ACTIVATE || effect == EFFECT_INJECT;
}

static uint32_t possible(const struct effects *fx, const struct state *s,
	const struct model_call *m, const struct ir_op *op)
{
	uint32_t bits = 0;
	if (is_write(m->effect) || is_access(m->effect))
		bits |= BIT(INCIDENT_USE_AFTER_END);
	if ((m->effect == EFFECT_END || m->effect == EFFECT_RELEASE) &&
		!(m->flags & MODEL_IDEMPOTENT))
		bits |= BIT(INCIDENT_END_AGAIN);
	if (m->effect != EFFECT_END && status_of(fx->values, m, op) == STATUS_ERROR)
		bits |= BIT(INCIDENT_ERROR_AFTER_OK);
	if (!(m->flags & MODEL_NULL_OK) && effects_start_may_fail(fx, s))
		bits |= BIT(INCIDENT_UNCHECKED);
	return bits;
}

static bool happens(enum incident_kind kind, const struct state *s, const struct model_call *m)
{
	bool is_released = s->flags & STATE_RELEASED;
	switch (kind) {
	case INCIDENT_USE_AFTER_END:
		return s->phase == SPAN_ENDED && (is_released || is_write(m->effect));
	case INCIDENT_END_AGAIN:
		/* giving a handle back after the end is how some APIs want it */
		return s->phase == SPAN_ENDED && (is_released || m->effect == EFFECT_END);
	case INCIDENT_ERROR_AFTER_OK:
		return s->phase == SPAN_OPEN && (s->flags & STATE_OK_STATUS);
	case INCIDENT_UNCHECKED:
		return s->phase == SPAN_OPEN && !(s->flags & STATE_CHECKED);
	default:
		return false;
	}
}

static bool is_null(const struct effects *fx, const struct state *s, ir_value handle)
{
	return state_eval(s, fx->values, handle).signs == SIGN_ZERO;
}

/* Where a handle was read from: macros put it into a variable of their own first. */
static uint32_t handle_place(const struct values *v, const struct model_call *m, ir_value handle)
{
	if (m->flags & MODEL_BY_ADDRESS)
		return v->address[handle];
	uint32_t path = v->content[handle];
	if (path == NO_PATH || v->paths.at[path].kind != PATH_VAR)
		return path;
	ir_value bound = v->bound[v->paths.at[path].var];
	return bound != IR_NONE && v->content[bound] != NO_PATH ? v->content[bound] : path;
}

/* The variable that the start filled and the end left NULL: what is done with it now, to an API
 * that does not take NULL, is done to the span that has ended. */
static bool is_left_null(const struct effects *fx, const struct state *s,
	const struct model_call *m, ir_value handle)
{
	uint32_t was = fx->query->subject == WALK_PLACE ? fx->query->place
		       : s->subject == IR_NONE          ? NO_PATH
							: fx->values->stored[s->subject];
	if (s->phase != SPAN_ENDED || !(s->flags & STATE_RELEASED) || (m->flags & MODEL_NULL_OK))
		return false;
	uint32_t path = handle_place(fx->values, m, handle);
	return path != NO_PATH && path == was && state_known(s, path).signs == SIGN_ZERO;
}

static uint32_t at_model(struct effects *fx, const struct state *s, const struct model_call *m,
	const struct ir_op *op, uint32_t *avoided)
{
	ir_value handle = m->span >= 0 ? ir_call_arg(op, (unsigned)m->span) : IR_NONE;
	if (handle == IR_NONE || s->phase == SPAN_FAILED)
		return 0;
	uint32_t bits = possible(fx, s, m, op), happened = 0;
	if (is_left_null(fx, s, m, handle))
		return bits & (BIT(INCIDENT_USE_AFTER_END) | BIT(INCIDENT_END_AGAIN));
	if (!effects_carries(fx, s, handle)) {
		if (s->phase != SPAN_BEFORE || !is_null(fx, s, handle))
			*avoided |= bits;
		return 0;
	}
	for (unsigned kind = 0; kind < INCIDENT_NR; kind++)
		if ((bits & BIT(kind)) && happens((enum incident_kind)kind, s, m))
			happened |= BIT(kind);
	*avoided |= bits & ~happened;
	return happened;
}

/* A class that stands for a span mostly knows whether it has ended: its own method tells; of a
 * function that is given such an object nobody can say which of its methods it calls. */
static bool is_idempotent(const struct effects *fx, const struct call *call, uint32_t k)
{
	if (call->callee && call->callee->span_class)
		return k != 0 || summary_param(fx->program, call->callee, 0)->is_guarded;
	if (!call->callee || k >= call->callee->ir->nr_params)
		return false;
	return classes_has(fx->program, call->callee->ir->vars[k].type);
}

/* Handing an ended span to a function that ends it. */
static uint32_t at_callee(struct effects *fx, const struct state *s, const struct call *call,
	const struct ir_op *op, uint32_t *avoided)
{
	for (uint32_t k = 0; k < op->nr_args; k++) {
		if (!effects_carries(fx, s, op->args[k]))
			continue;
		if (is_idempotent(fx, call, k))
			continue;
		if (s->phase == SPAN_ENDED && callee_ends(fx, s, call, k))
			return BIT(INCIDENT_END_AGAIN);
		*avoided |= BIT(INCIDENT_END_AGAIN);
	}
	return 0;
}

static uint32_t at_scope(struct effects *fx, const struct state *s, const struct call *call,
	const struct ir_op *op, uint32_t *avoided)
{
	const struct model_call *m = call->model;
	if (!m || m->effect != EFFECT_DEACTIVATE || m->scope < 0)
		return 0;
	ir_value handle = ir_call_arg(op, (unsigned)m->scope);
	if (handle == IR_NONE || !effects_carries(fx, s, handle))
		return 0;
	if (s->phase == SPAN_ENDED)
		return BIT(INCIDENT_END_AGAIN);
	*avoided |= BIT(INCIDENT_END_AGAIN);
	if (s->phase == SPAN_OPEN && (s->flags & STATE_OTHER_SCOPE))
		return BIT(INCIDENT_OUT_OF_ORDER);
	*avoided |= BIT(INCIDENT_OUT_OF_ORDER);
	return 0;
}

uint32_t incidents_at(struct effects *fx, const struct state *s, uint32_t number, uint32_t *avoided)
{
	const struct ir_op *op = &fx->func->ir->ops[number];
	*avoided = 0;
	if (op->kind != IR_CALL)
		return 0;
	const struct call *call = func_call(fx->func, number);
	if (fx->query->subject == WALK_SCOPE)
		return at_scope(fx, s, call, op, avoided);
	if (fx->query->subject == WALK_CURRENT)
		return 0;
	if (call->model)
		return at_model(fx, s, call->model, op, avoided);
	return call->callee ? at_callee(fx, s, call, op, avoided) : 0;
}
