/* Nobody between the programs and the store samples. */
#include "base/str.h"
#include "engine/tell_config.h"

/* Below, keeping everything is the right thing: one sees it all, and it costs little. */
#define MANY_TRACES 100

static bool leaves(const struct pipeline *p)
{
	for (size_t i = 0; i < p->exporters.all.nr; i++) {
		const struct component *c = p->exporters.all.at[i].component;
		/* what a load_balancing exporter sends to are Collectors, which may sample */
		if (c && c->kind == COMPONENT_EXPORTER && !str_eq(c->type, "debug") &&
			!str_eq(c->type, "load_balancing") && !str_eq(c->type, "nop") &&
			!str_eq(c->type, "logging"))
			return true;
	}
	return false;
}

void rule_everything_kept(struct rule_run *run);
void rule_everything_kept(struct rule_run *run)
{
	const struct system *s = run->program->system;
	double rate = s->traffic.traces_per_second;
	if (rate < MANY_TRACES && (rate > 0 || !s->is_strict))
		return;
	for_each_pipeline(s, c, p)
	{
		bool is_passed_on = false;
		if (!pipeline_is_traces(p) || !leaves(p) || c->is_partial)
			continue;
		for (size_t i = 0; i < s->edges.nr; i++)
			is_passed_on |= s->edges.at[i].from == p && s->edges.at[i].is_tier;
		if (is_passed_on || p->out.of[CLASS_ROUTINE].low < 1)
			continue;
		struct remark r = {.at = p->key,
			.pipeline = p,
			.subject = p->id,
			.message = tell_text(run, "%s exports every trace there is", p->id),
			.why = "nearly all of them are of requests that went well, fast and like "
			       "the one "
			       "before"};
		r.why = rate > 0 ? tell_text(run,
					   "at %g traces a second these are %.3g million spans a "
					   "month, "
					   "nearly all of requests that went well",
					   rate, rate * s->traffic.spans_per_trace * 2.592)
				 : r.why;
		r.fix = "keep errors, slow traces and a share of the rest with tail_sampling";
		remark(run, &r);
	}
}
