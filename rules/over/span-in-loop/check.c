/* span-in-loop: one span for each item, though no item does anything that may wait. */
#include "engine/tell.h"
#include "flow/cost.h"
#include "flow/loops.h"
#include "flow/verdict.h"

void rule_span_in_loop(struct rule_run *run);

static void report(struct rule_run *run, const struct looped *l)
{
	const struct ir_loc *at = &l->func->ir->ops[l->op].loc;
	const char *title = span_title(l->site, run->arena);
	struct story story = {0};
	story_add(run, &story, &l->loop->loc, "this loop goes over data");
	const char *message = tell_text(run, "%s is started for each item of a loop", title);
	if (l->callee) {
		const char *callee = ir_simple_name(l->callee->ir->name);
		message = tell_text(run, "%s starts %s for each item of a loop", callee, title);
		story_add(run, &story, at, "each round calls %s", callee);
		story_add(run, &story, &l->callee->ir->ops[l->site->op].loc,
			"which starts the span here");
	}
	story_add(run, &story, at, "one round is %u line%s of work, and nothing in it waits",
		l->round->total, l->round->total == 1 ? "" : "s");
	tell(run, l->func, at, l->site->name ? l->site->name : "", message,
		"the trace grows with the data: a thousand items are a thousand spans, each "
		"shorter "
		"than what it takes to record it",
		"let one span cover the whole loop, with the number of items as an attribute",
		&story);
}

void rule_span_in_loop(struct rule_run *run)
{
	const struct verdicts *v = run->program->verdicts;
	for (size_t i = 0; i < v->looped.nr; i++)
		report(run, &v->looped.at[i]);
}
