/* Metrics are counted from spans of which some are gone. */
#include "base/str.h"
#include "engine/tell_config.h"

static bool counts(const struct component *c)
{
	return c && c->kind == COMPONENT_CONNECTOR &&
	       (str_eq(c->type, "span_metrics") || str_eq(c->type, "service_graph") ||
		       str_eq(c->type, "count"));
}

/* The last sampler before the exporters of the pipeline. */
static const struct use *sampler_of(const struct pipeline *p, const struct pipeline **in)
{
	for (size_t i = 0; i < p->processors.all.nr; i++) {
		*in = p;
		if (component_samples(p->processors.all.at[i].component))
			return &p->processors.all.at[i];
	}
	*in = p->thinned_in;
	return p->thinned_by;
}

/* Whoever samples by chance leaves the rate in tracestate, and span_metrics makes up for it; tail
 * sampling does not, and the other two do not look. */
static bool makes_up(const struct use *by, const struct use *sampler)
{
	return str_eq(by->component->type, "span_metrics") &&
	       str_eq(sampler->component->type, "probabilistic_sampler");
}

static bool keeps_all(const struct use *u)
{
	double percent = 0;
	const struct yaml *rate = yaml_get(u->component->config, "sampling_percentage");
	if (str_eq(u->component->type, "probabilistic_sampler"))
		return yaml_number(rate, &percent) && percent >= 100;
	struct shares all = {{{1, 1}, {1, 1}, {1, 1}}};
	struct shares kept = tail_shares(NULL, u->component->config, &all, NULL);
	return kept.of[CLASS_ROUTINE].low >= 1 && kept.of[CLASS_ERRORS].low >= 1 &&
	       kept.of[CLASS_SLOW].low >= 1;
}

static void tell_sampler(const struct rule_run *run, const struct pipeline *p, const struct use *by,
	const struct use *sampler, const struct pipeline *in)
{
	struct story story = {0};
	story_add_node(
		run, &story, sampler->at, "%s lets a part of the traces through", sampler->id);
	if (in != p)
		story_add_node(run, &story, p->key, "what is left comes to %s", p->id);
	story_add_node(run, &story, by->at, "%s counts that", by->id);
	remark(run,
		&(struct remark){.at = by->at,
			.pipeline = p,
			.subject = by->id,
			.story = &story,
			.message = tell_text(run,
				"%s counts spans after %s has thrown most of them away", by->id,
				sampler->id),
			.why = "rates and latencies are those of the sample: tail sampling prefers "
			       "errors and slow traces, so both look far worse than they are",
			.fix = tell_text(run,
				"export to %s from a pipeline without sampling, and through a "
				"forward "
				"connector to one that samples",
				by->id)});
}

void rule_metrics_after_sampling(struct rule_run *run);
void rule_metrics_after_sampling(struct rule_run *run)
{
	const struct system *s = run->program->system;
	const struct sdk *sdk = system_head(s);
	for_each_pipeline(s, c, p)
	{
		(void)c;
		for (size_t i = 0; pipeline_is_traces(p) && i < p->exporters.all.nr; i++) {
			const struct use *by = &p->exporters.all.at[i];
			const struct pipeline *in = p;
			if (!counts(by->component))
				continue;
			const struct use *sampler = sampler_of(p, &in);
			if (sampler && !keeps_all(sampler) && !makes_up(by, sampler)) {
				tell_sampler(run, p, by, sampler, in);
			} else if (!sampler && sdk && sdk->sampler_at && !sdk->writes_threshold) {
				struct story story = {0};
				story_add_node(run, &story, sdk->sampler_at,
					"%s starts %g %% of its traces", sdk->name,
					sdk->ratio.high * 100);
				story_add_node(run, &story, by->at, "%s counts these", by->id);
				remark(run,
					&(struct remark){.at = by->at,
						.pipeline = p,
						.subject = by->id,
						.story = &story,
						.message = tell_text(run,
							"%s counts the %g %% of traces that the "
							"SDK of "
							"%s starts",
							by->id, sdk->ratio.high * 100, sdk->name),
						.why = "every count is too small by that factor",
						.fix = "let the SDK start all traces and sample "
						       "behind the connector"});
			}
		}
	}
}
