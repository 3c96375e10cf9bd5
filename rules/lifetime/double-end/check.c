/* double-end: a span is ended a second time on one path. */
#include "base/str.h"
#include "engine/tell.h"

void rule_double_end(struct rule_run *run);

static const char why_freed[] =
	"the first end has given the handle back: what the second one ends is "
	"freed memory, or a span that is not yours";
static const char why_ignored[] =
	"the second end is ignored: the span keeps the first time, and what "
	"happens in between is not in it";
static const char fix[] = "keep the end that every path passes, and remove the other one";

static void report(struct rule_run *run, const struct span_view *v, const struct incident *i)
{
	const struct ir_func *ir = v->func->ir;
	const struct ir_op *again = &ir->ops[i->op];
	if (tell_has(run, &again->loc))
		return;
	struct story story = {0};
	story_add(run, &story, span_view_loc(v), v->site ? "started here" : "handed in here");
	if (i->since != IR_NONE)
		story_add(run, &story, &ir->ops[i->since].loc, "ended here");
	story_add_path(run, &story, v->func, i->hops, i->nr_hops, i->since);
	story_add(run, &story, &again->loc,
		(again->flags & IR_CALL_CLEANUP) ? "ended again when its variable goes out of scope"
						 : "ended again here");
	tell(run, v->func, &again->loc, v->site && v->site->name ? v->site->name : "",
		tell_text(run, "%s is ended twice", span_view_title(v, run->arena)),
		i->is_released ? why_freed : why_ignored, fix, &story);
}

void rule_double_end(struct rule_run *run)
{
	struct span_view v = {.program = run->program};
	while (spans_next(&v)) {
		for (size_t k = 0; k < v.walk->incidents.nr; k++) {
			const struct incident *i = &v.walk->incidents.at[k];
			/* between two ends with branches in between, the branches may exclude each
			 * other in a way that we cannot see */
			if (i->kind == INCIDENT_END_AGAIN && (i->is_certain || i->is_straight))
				report(run, &v, i);
		}
	}
}
