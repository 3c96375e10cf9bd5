/* use-after-end: a span is written to after it has ended, on every path that comes here. */
#include "base/str.h"
#include "engine/tell.h"

void rule_use_after_end(struct rule_run *run);

static const char *what_is_done(const struct call *call)
{
	switch (call->model ? call->model->effect : EFFECT_TELEMETRY) {
	case EFFECT_ATTRIBUTE:
		return "this attribute is set";
	case EFFECT_EVENT:
		return "this event is added";
	case EFFECT_STATUS:
		return "its status is set";
	case EFFECT_EXCEPTION:
		return "this error is recorded";
	case EFFECT_RENAME:
		return "it is renamed";
	case EFFECT_LINK:
		return "this link is added";
	default:
		return "it is used";
	}
}

static void report(struct rule_run *run, const struct span_view *v, const struct incident *i)
{
	const struct ir_func *ir = v->func->ir;
	const struct ir_op *use = &ir->ops[i->op];
	if (tell_has(run, &use->loc))
		return;
	const char *what = what_is_done(func_call(v->func, i->op));
	struct story story = {0};
	story_add(run, &story, span_view_loc(v), v->site ? "started here" : "handed in here");
	if (i->since != IR_NONE)
		story_add(run, &story, &ir->ops[i->since].loc, "ended here");
	story_add_path(run, &story, v->func, i->hops, i->nr_hops, i->since);
	story_add(run, &story, &use->loc, "%s here", what);
	tell(run, v->func, &use->loc, v->site && v->site->name ? v->site->name : "",
		tell_text(run, "%s has ended when %s", span_view_title(v, run->arena), what),
		i->is_released
			? "the end gave the handle back: this reads freed memory, and the trace "
			  "never sees what it says"
			: "a span that has ended is on its way to the exporter and changes no "
			  "more: the trace never sees this",
		"move it before the end", &story);
}

void rule_use_after_end(struct rule_run *run)
{
	struct span_view v = {.program = run->program};
	while (spans_next(&v)) {
		for (size_t k = 0; k < v.walk->incidents.nr; k++) {
			const struct incident *i = &v.walk->incidents.at[k];
			if (i->kind == INCIDENT_USE_AFTER_END && i->is_certain)
				report(run, &v, i);
		}
	}
}
