/* dynamic-span-name: the name of a span is built from values without bounds. */
#include "engine/tell.h"

void rule_dynamic_span_name(struct rule_run *run);

/* The value becomes a name at this op, with the start or later on. */
static void check_name(struct rule_run *run, struct func *f, ir_value name, uint32_t op)
{
	struct provenance from;
	provenance_of(run->program, f, name, &from);
	if (from.kind != FROM_UNBOUNDED)
		return;
	const struct ir_op *call = &f->ir->ops[op];
	const struct origin *origin = provenance_find(&from, ORIGIN_UNBOUNDED);
	struct story story = {0};
	if (origin)
		story_add_origin(run, &story, origin);
	story_add(run, &story, &call->loc, "and becomes the name of the span");
	tell(run, f, &call->loc, "name",
		tell_text(run, "span name is built at run time: %s", from.what),
		"backends group spans by name: each new name is a group of its own, so that no "
		"latency, rate or error can be read for the operation as a whole",
		"give the span a constant name and put the value into an attribute", &story);
}

static void check_rename(struct rule_run *run, struct func *f, const struct call *call)
{
	const struct model_call *m = call->model;
	if (!m || m->effect != EFFECT_RENAME || m->name < 0)
		return;
	ir_value name = ir_call_arg(&f->ir->ops[call->op], (unsigned)m->name);
	if (name != IR_NONE)
		check_name(run, f, name, call->op);
}

void rule_dynamic_span_name(struct rule_run *run)
{
	for (size_t i = 0; i < run->program->funcs.nr; i++) {
		struct func *f = run->program->funcs.at[i];
		for (uint32_t k = 0; k < f->nr_sites; k++) {
			const struct span_site *s = &f->sites[k];
			if (!s->name && s->name_value != IR_NONE)
				check_name(run, f, s->name_value, s->op);
		}
		for (uint32_t k = 0; k < f->nr_calls; k++)
			check_rename(run, f, &f->calls[k]);
	}
}
