/* late-sampling-attribute: an attribute whose value is known before the start is set after it,
 * where samplers no longer look. */
#include "base/str.h"
#include "engine/tell.h"
#include "flow/strings.h"

void rule_late_sampling_attribute(struct rule_run *run);

static uint32_t block_end(const struct ir_func *ir, uint32_t op)
{
	for (uint32_t b = 0; b < ir->nr_blocks; b++)
		if (op >= ir->blocks[b].first && op < ir->blocks[b].first + ir->blocks[b].nr_ops)
			return ir->blocks[b].first + ir->blocks[b].nr_ops;
	return op;
}

/* Written nowhere in the function: the value is what came in. */
static bool is_untouched(const struct func *f, const struct values *v, uint32_t path)
{
	uint32_t var = path_root_var(v, path);
	if (var == IR_NONE || !(f->ir->vars[var].flags & IR_VAR_PARAM))
		return false;
	for (uint32_t i = 0; i < f->ir->nr_ops; i++) {
		const struct ir_op *op = &f->ir->ops[i];
		if (op->kind == IR_STORE && op->args[0] != IR_NONE &&
			v->address[op->args[0]] != NO_PATH &&
			path_root_var(v, v->address[op->args[0]]) == var)
			return false;
	}
	return true;
}

static bool is_known_before(const struct func *f, const struct values *v, ir_value value)
{
	for (unsigned depth = 0; value != IR_NONE && depth < 6; depth++) {
		value = value_of_temporary(v, value);
		if (value == IR_NONE)
			break;
		const struct ir_op *op = &f->ir->ops[value];
		if (op->kind == IR_CONST)
			return true;
		uint32_t path =
			v->content[value] != NO_PATH ? v->content[value] : v->address[value];
		if (path != NO_PATH)
			return is_untouched(f, v, path);
		if (op->kind != IR_COPY &&
			!(op->kind == IR_CALL && (op->flags & IR_CALL_CONSTRUCT) &&
				op->nr_args == 1))
			return false;
		value = op->args[0];
	}
	return false;
}

static const char *key_of(
	const struct values *v, const struct model_call *m, const struct ir_op *op)
{
	if (!m || m->effect != EFFECT_ATTRIBUTE || m->key < 0 || m->value < 0)
		return NULL;
	return value_string(v, ir_call_arg(op, (unsigned)m->key));
}

static void check_site(struct rule_run *run, struct func *f, const struct span_site *s)
{
	const struct values *v = values_of(run->program, f);
	const struct model_call *start = s->call->model;
	if (!start || start->attributes < 0)
		return; /* this API takes no attributes at the start */
	struct strbuf keys;
	struct story story = {0};
	const struct ir_op *first = NULL;
	VEC(struct plan) plans = {0};
	strbuf_init(&keys, run->arena);
	const struct ir_op *begin = &f->ir->ops[s->op];
	story_add(run, &story, &begin->loc, "started, and sampled, here");
	vec_push(run->scratch, &plans,
		tell_plan(run, PLAN_START, &begin->loc, ir_simple_name(begin->sym), ""));
	for (uint32_t i = s->op + 1, end = block_end(f->ir, s->op); i < end; i++) {
		const struct ir_op *op = &f->ir->ops[i];
		const struct call *call = op->kind == IR_CALL ? func_call(f, i) : NULL;
		if (!call)
			continue;
		if (!call->model && !(op->flags & IR_CALL_CONSTRUCT))
			break; /* the work begins */
		if (call->model &&
			(call->model->effect == EFFECT_START || call->model->effect == EFFECT_END))
			break; /* from here on it may be about another span */
		const char *key = key_of(v, call->model, op);
		if (!key || !is_known_before(f, v, ir_call_arg(op, (unsigned)call->model->value)))
			continue;
		strbuf_addf(&keys, "%s%s", first ? ", " : "", key);
		story_add(run, &story, &op->loc, "%s comes after it", key);
		vec_push(run->scratch, &plans,
			tell_plan(run, PLAN_MOVE, &op->loc, ir_simple_name(op->sym), ""));
		first = first ? first : op;
	}
	if (!first)
		return;
	struct patch patch = {.is_safe = true,
		.title = "give them to the start",
		.nr_plans = (uint32_t)plans.nr,
		.plans = plans.at};
	tell_with_patch(run, f, &first->loc, s->name ? s->name : "",
		tell_text(run, "known before the start, and set after it: %s", strbuf_str(&keys)),
		"samplers decide at the start and see only what the start is given: rules such as "
		"\"keep "
		"this route\" cannot apply",
		"give them to the start, as its attributes", &story, &patch);
}

void rule_late_sampling_attribute(struct rule_run *run)
{
	for (size_t i = 0; i < run->program->funcs.nr; i++) {
		struct func *f = run->program->funcs.at[i];
		if (f->ir->flags & (IR_FUNC_SYSTEM | IR_FUNC_TEMPLATE))
			continue;
		for (uint32_t k = 0; k < f->nr_sites; k++)
			check_site(run, f, &f->sites[k]);
	}
}
