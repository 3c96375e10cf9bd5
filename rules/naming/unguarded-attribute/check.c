/* unguarded-attribute: an expensive value is made for a span that may not record. */
#include "base/str.h"
#include "engine/tell.h"
#include "flow/cost.h"
#include "flow/pairs.h"

void rule_unguarded_attribute(struct rule_run *run);

static bool asks_recording(const struct func *f)
{
	static const char *const names[] = {"IsRecording", "ctel_span_is_recording", "is_recording",
		"IsSampled", "is_sampled", "is_enabled", "IsEnabled", "isRecording"};
	for (uint32_t i = 0; i < f->nr_calls; i++)
		for (size_t k = 0; k < sizeof(names) / sizeof(names[0]); k++)
			if (str_eq(ir_simple_name(f->ir->ops[f->calls[i].op].sym), names[k]))
				return true;
	return false;
}

/* Wraps and releases: no use of the text. */
static bool is_no_use(const struct ir_op *op)
{
	const char *name = ir_simple_name(op->sym);
	return (op->flags & IR_CALL_CONSTRUCT) || str_eq(name, "free") ||
	       str_has_suffix(name, "_free") || str_eq(name, "c_str") || str_eq(name, "data") ||
	       str_eq(name, "reset") || str_has_prefix(name, "operator ");
}

/* The text is used for nothing but the attribute: kept in one variable at most, and given to no
 * other call, not returned, not stored elsewhere. */
static bool is_only_for(const struct values *v, uint32_t dump, uint32_t call)
{
	const struct ir_func *f = v->func->ir;
	uint32_t path = NO_PATH;
	for (uint32_t i = 0; i < f->nr_ops; i++) {
		const struct ir_op *op = &f->ops[i];
		bool is_store = op->kind == IR_STORE && op->nr_args > 1 && op->args[1] == dump;
		if (is_store && op->args[0] != IR_NONE && path == NO_PATH)
			path = v->address[op->args[0]];
	}
	bool is_kept = path != NO_PATH;
	if (is_kept && (v->paths.at[path].kind != PATH_VAR || !v->paths.at[path].is_local))
		return false;
	for (uint32_t i = dump + 1; i < f->nr_ops; i++) {
		const struct ir_op *op = &f->ops[i];
		for (uint32_t k = 0; k < op->nr_args; k++) {
			ir_value arg = op->args[k];
			bool is_it = arg != IR_NONE &&
				     (v->origin[arg] == dump ||
					     (is_kept && (v->content[arg] == path ||
								 v->address[arg] == path)));
			if (!is_it || i == call)
				continue;
			if (op->kind == IR_RETURN || (op->kind == IR_STORE && k == 1 && is_kept &&
							     v->origin[arg] != dump))
				return false;
			if (op->kind == IR_CALL && !is_no_use(op))
				return false;
		}
	}
	return true;
}

/* A function of the program that takes its time, only to make this value. */
static const struct origin *find_work(struct rule_run *run, struct func *f, const struct pair *pair,
	struct provenance *from, struct origin *own)
{
	const struct values *v = values_of(run->program, f);
	provenance_of(run->program, f, pair->value, from);
	const struct origin *o = provenance_find(from, ORIGIN_DUMP);
	if (o && o->steps[0].func == f)
		return o;
	ir_value value = pair_unwrap(v, pair->value);
	const struct call *call = value == IR_NONE ? NULL : func_call(f, value);
	if (!call || !call->callee || !call->callee->cost || !type_is_text(f->ir->ops[value].type))
		return NULL;
	const struct cost *cost = call->callee->cost;
	if (cost->unknown[0] || !cost->has_loop || cost->worst > COST_COMPUTE)
		return NULL;
	*own = (struct origin){.kind = ORIGIN_DUMP, .what = ir_simple_name(f->ir->ops[value].sym)};
	own->steps[own->nr_steps++] = (struct station){f, value,
		tell_text(run, "%s() works for it", ir_simple_name(f->ir->ops[value].sym))};
	return own;
}

static void judge(struct rule_run *run, struct func *f, const struct pair *pair)
{
	const struct ir_op *at = &f->ir->ops[pair->at];
	struct provenance from;
	struct origin own;
	if (pair->effect != EFFECT_ATTRIBUTE || pair->value == IR_NONE)
		return;
	const struct origin *o = find_work(run, f, pair, &from, &own);
	if (!o || !is_only_for(values_of(run->program, f), o->steps[0].op, pair->op))
		return;
	const char *key =
		pair->text ? tell_text(run, "attribute \"%s\"", pair->text) : "an attribute";
	struct story story = {0};
	story_add_origin(run, &story, o);
	story_add(run, &story, &at->loc, "only to become %s", key);
	tell(run, f, &at->loc, pair->text ? pair->text : "",
		tell_text(run, "%s() is called for %s even when the span does not record", o->what,
			key),
		"with sampling most spans are thrown away: their attributes are computed all the "
		"same, in the request's time",
		"ask whether the span records before computing the value", &story);
}

void rule_unguarded_attribute(struct rule_run *run)
{
	for (size_t i = 0; i < run->program->funcs.nr; i++) {
		struct func *f = run->program->funcs.at[i];
		if (f->ir->flags & (IR_FUNC_SYSTEM | IR_FUNC_TEMPLATE) || f->ir->incomplete[0] ||
			asks_recording(f))
			continue;
		for (uint32_t k = 0; k < f->nr_calls; k++) {
			const struct pairs *pairs = pairs_of(run->program, f, &f->calls[k]);
			for (size_t n = 0; n < pairs->all.nr; n++)
				judge(run, f, &pairs->all.at[n]);
		}
	}
}
