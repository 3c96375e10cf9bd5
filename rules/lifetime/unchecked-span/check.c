/* unchecked-span: a handle that may be NULL is used before anybody has looked. */
#include "base/str.h"
#include "engine/tell.h"

void rule_unchecked_span(struct rule_run *run);

static void report(struct rule_run *run, const struct span_view *v, const struct incident *i)
{
	const struct ir_loc *start = span_view_loc(v);
	const struct ir_op *use = &v->func->ir->ops[i->op];
	if (tell_has(run, start))
		return; /* once for each span: one test serves every use */
	struct story story = {0};
	story_add(run, &story, start, "may give NULL");
	story_add_path(run, &story, v->func, i->hops, i->nr_hops, v->site->op);
	story_add(run, &story, &use->loc, "used here, not tested");
	tell(run, v->func, start, v->site->name ? v->site->name : "",
		tell_text(run, "%s may be NULL where it is used", span_view_title(v, run->arena)),
		"this API reaches its functions through the handle: when memory is short or "
		"tracing is "
		"off, the program crashes in its own instrumentation",
		"test the handle once after the start, and leave the calls out when it is NULL",
		&story);
}

void rule_unchecked_span(struct rule_run *run)
{
	struct span_view v = {.program = run->program};
	while (spans_next(&v)) {
		for (size_t k = 0; v.site && k < v.walk->incidents.nr; k++) {
			const struct incident *i = &v.walk->incidents.at[k];
			if (i->kind == INCIDENT_UNCHECKED && i->is_certain)
				report(run, &v, i);
		}
	}
}
