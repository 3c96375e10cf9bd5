/* Traces are thinned by chance before tail sampling could look at them. */
#include "base/str.h"
#include "engine/tell_config.h"

/* The probabilistic sampler between the programs and the processor, in its pipeline or before. */
static const struct use *sampler_before(
	const struct pipeline *p, size_t number, const struct pipeline **in)
{
	for (size_t i = 0; i < number; i++) {
		const struct use *u = &p->processors.all.at[i];
		*in = p;
		if (u->component && str_eq(u->component->type, "probabilistic_sampler"))
			return u;
	}
	if (!p->thinned_by || p->thinned_in == p ||
		!str_eq(p->thinned_by->component->type, "probabilistic_sampler"))
		return NULL;
	*in = p->thinned_in;
	return p->thinned_by;
}

static void tell_sampler(const struct rule_run *run, const struct use *tail,
	const struct pipeline *p, const struct use *head, const struct pipeline *in)
{
	double percent = 0;
	struct story story = {0};
	const struct yaml *rate = yaml_get(head->component->config, "sampling_percentage");
	if ((rate && !yaml_number(rate, &percent)) || percent >= 100)
		return;
	story_add_node(run, &story, head->at, "%s keeps %g %% of everything", head->id, percent);
	story_add_node(run, &story, tail->at, "%s chooses among what is left", tail->id);
	remark(run,
		&(struct remark){.at = head->at,
			.pipeline = in,
			.subject = head->id,
			.story = &story,
			.message = tell_text(run,
				"%s keeps %g %% of all traces before %s sees them, so %g %% of the "
				"errors and slow ones are lost",
				head->id, percent, tail->id, 100 - percent),
			.why = "chance has no eye for errors: what tail sampling never sees it "
			       "cannot keep",
			.fix = p == in ? "remove it from this pipeline and let a probabilistic "
					 "policy "
					 "of tail_sampling keep the share of routine traces"
				       : "remove it, and let a probabilistic policy of "
					 "tail_sampling "
					 "keep the share of routine traces"});
}

void rule_head_before_tail(struct rule_run *run);
void rule_head_before_tail(struct rule_run *run)
{
	const struct sdk *sdk = system_head(run->program->system);
	const struct use *tail, *head;
	struct pipeline *p;
	size_t at = 0, number;
	bool is_told = false;
	while ((tail = next_use(run, "tail_sampling", &at, &p, &number))) {
		const struct pipeline *in = p;
		if (!tail_looks_at_errors(tail->component->config) &&
			!tail_looks_at_latency(tail->component->config))
			continue;
		head = sampler_before(p, number, &in);
		if (head)
			tell_sampler(run, tail, p, head, in);
		if (!sdk || !sdk->sampler_at || is_told)
			continue;
		struct story story = {0};
		double percent = sdk->ratio.high * 100;
		story_add_node(run, &story, sdk->argument_at ? sdk->argument_at : sdk->sampler_at,
			"%s starts %g %% of its traces", sdk->name, percent);
		story_add_node(run, &story, tail->at, "%s chooses among these", tail->id);
		remark(run, &(struct remark){.at = sdk->sampler_at,
				    .subject = sdk->name,
				    .story = &story,
				    .message = tell_text(run,
					    "the SDK of %s starts %g %% of its traces, so %s never "
					    "sees "
					    "%g %% of the errors",
					    sdk->name, percent, tail->id, 100 - percent),
				    .why = "a trace that was not started cannot be kept because it "
					   "failed",
				    .fix = "let the SDK start all of them (parentbased_always_on) "
					   "and the "
					   "Collector choose"});
		is_told = true;
	}
}
