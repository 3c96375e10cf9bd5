/* dynamic-span-name: the name of a span is built from values without bounds. */
#include "engine/tell.h"
#include "flow/provenance.h"

void rule_dynamic_span_name(struct rule_run *run);

static void check_site(struct rule_run *run, struct func *f, const struct span_site *s)
{
	if (s->name || s->name_value == IR_NONE)
		return;
	struct provenance from;
	provenance_of(run->program, f, s->name_value, &from);
	if (from.kind != FROM_UNBOUNDED)
		return;
	const struct ir_op *start = &f->ir->ops[s->op];
	struct story story = {0};
	for (size_t i = 0; i < from.nr_steps; i++)
		story_add(run, &story, &f->ir->ops[from.steps[i].op].loc, "%s", from.steps[i].text);
	story_add(run, &story, &start->loc, "and becomes the name of the span");
	tell(run, f, &start->loc, "name",
		tell_text(run, "span name is built at run time: %s", from.what),
		"backends group spans by name: each new name is a group of its own, so that no "
		"latency, rate or error can be read for the operation as a whole",
		"give the span a constant name and put the value into an attribute", &story);
}

void rule_dynamic_span_name(struct rule_run *run)
{
	for (size_t i = 0; i < run->program->funcs.nr; i++) {
		struct func *f = run->program->funcs.at[i];
		for (uint32_t k = 0; k < f->nr_sites; k++)
			check_site(run, f, &f->sites[k]);
	}
}
