/* wrapper-span: a span around nothing but a call of a function that has its own. */
#include "engine/tell.h"
#include "flow/forward.h"
#include "flow/verdict.h"

void rule_wrapper_span(struct rule_run *run);

static void report(struct rule_run *run, struct func *f, const struct span_site *s)
{
	const struct call *call = s->verdict->forwards_to;
	const struct span_site *own = forward_own_span(call->callee);
	const char *callee = ir_simple_name(call->callee->ir->name);
	struct story story = {0};
	story_add(run, &story, &f->ir->ops[call->op].loc, "all that is done: %s is called", callee);
	story_add(run, &story, &call->callee->ir->ops[own->op].loc, "%s starts %s itself", callee,
		span_title(own, run->arena));
	tell(run, f, &f->ir->ops[s->op].loc, s->name ? s->name : "",
		tell_text(run, "%s only wraps %s, which has a span of its own",
			span_title(s, run->arena), callee),
		"the trace shows the same time twice, one span right inside the other, and the "
		"outer "
		"one says nothing that the inner one does not",
		tell_text(run,
			"remove this span; what it was to say can be an attribute that %s sets",
			callee),
		&story);
}

void rule_wrapper_span(struct rule_run *run)
{
	for (size_t i = 0; i < run->program->funcs.nr; i++) {
		struct func *f = run->program->funcs.at[i];
		for (uint32_t k = 0; k < f->nr_sites; k++)
			if (f->sites[k].verdict->worth == WORTH_WRAPPER)
				report(run, f, &f->sites[k]);
	}
}
