/* What a function that no model describes does to the span it is given: its summary, applied. */
#include "flow/callee.h"

#include "flow/attributes.h"
#include "flow/places.h"
#include "flow/summary.h"
#include "flow/touch.h"

static const struct ir_op *ir_op_of(const struct effects *fx, const struct call *call)
{
	return &fx->func->ir->ops[call->op];
}

static bool is_annotated_end(const struct effects *fx, const struct call *call, uint32_t k)
{
	uint32_t written = k - ((ir_op_of(fx, call)->flags & IR_CALL_METHOD) ? 1 : 0);
	return written < 32 && (call->callee->ends_params & (1u << written));
}

static void apply_summary(struct effects *fx, struct state *s, const struct call *call,
	const struct param_summary *sum)
{
	attributes_add(fx, s, &sum->keys, call->op);
	if (sum->may_set_error)
		s->flags |= sum->sets_error ? STATE_ERROR_STATUS : STATE_MAYBE_ERROR;
	if (sum->fate == FATE_ENDED)
		s->phase = SPAN_ENDED;
}

static void give_to_callee(struct effects *fx, struct state *s, const struct call *call, uint32_t k)
{
	if (is_annotated_end(fx, call, k)) {
		s->phase = SPAN_ENDED;
		return;
	}
	/* a constructor's object is no argument of the call, but `this` is its first parameter */
	if (ir_op_of(fx, call)->flags & IR_CALL_CONSTRUCT)
		k++;
	const struct param_summary *sum = summary_param(fx->program, call->callee, k);
	if (sum->fate == FATE_UNKNOWN)
		s->phase = SPAN_GONE;
	else
		apply_summary(fx, s, call, sum);
}

/* What the callee does to the span behind a pointer: `finish(&span)`, `op_finish(op)`. NULL: it
 * cannot be told. */
static const struct param_summary *summary_behind(
	const struct effects *fx, const struct state *s, const struct call *call, uint32_t k)
{
	const struct param_summary *sum = NULL;
	uint32_t behind = place_behind(fx->values, ir_op_of(fx, call)->args[k]);
	for (uint32_t i = 0; i < s->nr_holders; i++) {
		if (!path_is_within(fx->values, s->holders[i], behind))
			continue;
		const char *field;
		if (sum || !place_field(fx->values, s->holders[i], behind, &field))
			return NULL;
		sum = summary_place(fx->program, call->callee, k, field);
	}
	return sum && sum->fate != FATE_UNKNOWN ? sum : NULL;
}

bool callee_ends(
	const struct effects *fx, const struct state *s, const struct call *call, uint32_t k)
{
	if (!call->callee)
		return false;
	if (is_annotated_end(fx, call, k))
		return true;
	const struct param_summary *sum = summary_param(fx->program, call->callee, k);
	if (!effects_is_handle(fx, s, ir_op_of(fx, call)->args[k]) &&
		effects_carries(fx, s, ir_op_of(fx, call)->args[k]))
		sum = summary_behind(fx, s, call, k);
	return sum && sum->fate == FATE_ENDED;
}

static bool give_behind(struct effects *fx, struct state *s, const struct call *call, uint32_t k)
{
	const struct param_summary *sum = summary_behind(fx, s, call, k);
	if (!sum)
		return false;
	apply_summary(fx, s, call, sum);
	uint32_t behind = place_behind(fx->values, ir_op_of(fx, call)->args[k]);
	if (sum->clears && state_holds(s, behind)) {
		state_drop_holders(s, fx->values, behind);
		fx->cleared = behind;
	}
	return true;
}

/* The span travels into a call that no model describes. */
static void pass(struct effects *fx, struct state *s, const struct call *call)
{
	const struct ir_op *op = ir_op_of(fx, call);
	for (uint32_t k = 0; k < op->nr_args; k++) {
		if (!effects_carries(fx, s, op->args[k]))
			continue;
		if (effects_is_handle(fx, s, op->args[k]) && call->callee) {
			give_to_callee(fx, s, call, k);
		} else if (!call->callee || !give_behind(fx, s, call, k)) {
			s->phase = SPAN_GONE;
			return;
		}
	}
}

/* Another span may be in the place afterwards: somebody reaches it on a way of his own. */
static bool may_change_place(const struct effects *fx, const struct call *call)
{
	const struct ir_op *op = ir_op_of(fx, call);
	const struct path *place = &fx->values->paths.at[fx->query->place];
	if (!call->callee)
		return op->flags & (IR_CALL_INDIRECT | IR_CALL_VIRTUAL);
	if (place->kind != PATH_FIELD || !touches_field(fx->program, call->callee, place->sym))
		return false;
	/* given the record itself, it is the summary that knows */
	for (uint32_t k = 0; k < op->nr_args; k++)
		if (op->args[k] != IR_NONE && place_behind(fx->values, op->args[k]) == place->base)
			return false;
	return true;
}

void callee_run(struct effects *fx, struct state *s, const struct call *call)
{
	fx->cleared = NO_PATH;
	pass(fx, s, call);
	if (fx->query->subject == WALK_PLACE && s->phase != SPAN_FAILED &&
		may_change_place(fx, call))
		s->phase = SPAN_GONE;
}
