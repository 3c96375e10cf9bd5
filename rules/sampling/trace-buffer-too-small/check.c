/* More traces arrive during the wait than the processor keeps. */
#include "engine/tell_config.h"

static void check_cache(
	const struct rule_run *run, const struct pipeline *p, const struct use *u, double nr)
{
	static const char *const keys[] = {"sampled_cache_size", "non_sampled_cache_size"};
	const struct yaml *cache = yaml_get(u->component->config, "decision_cache");
	for (size_t i = 0; i < 2; i++) {
		const struct yaml *at = yaml_get(cache, keys[i]);
		double size;
		if (!yaml_number(at, &size) || size <= 0 || nr <= 0 || size >= nr)
			continue;
		remark(run,
			&(struct remark){.at = at,
				.pipeline = p,
				.subject = keys[i],
				.message = tell_text(run,
					"%s remembers %g traces, fewer than the %g that it keeps",
					keys[i], size, nr),
				.why = "a decision is forgotten before its trace is: late spans "
				       "are decided "
				       "on anew, alone",
				.fix = "make it much greater than num_traces"});
	}
}

/* By the specification of the batch span processor (OTEL_BSP_SCHEDULE_DELAY), in seconds. */
#define BATCH_DELAY 5

/* Without a decision cache, a decision is remembered as long as the trace has its place among
 * num_traces (releaseSampledTrace and dropTrace in processor.go). */
static void check_memory_of_decisions(const struct rule_run *run, const struct pipeline *p,
	const struct use *u, double rate, double wait)
{
	const struct yaml *config = u->component->config;
	const struct yaml *where = yaml_get(config, "num_traces");
	double nr = tail_num_traces(config);
	if (rate <= 0 || wait <= 0 || nr <= 0 || yaml_get(config, "decision_cache") ||
		yaml_get(config, "block_on_overflow") || nr >= rate * (wait + BATCH_DELAY))
		return;
	remark(run,
		&(struct remark){.at = where ? where : u->component->key,
			.pipeline = p,
			.subject = u->id,
			.message = tell_text(run,
				"%s forgets what it decided after %.1f s, sooner than a batch of "
				"late spans comes, and has no decision_cache",
				u->id, nr / rate - wait),
			.why = tell_text(run,
				"%g traces a second push a decided one out of num_traces: %g; "
				"late spans are then a trace of their own, and decided on alone",
				rate, nr),
			.fix = tell_text(run,
				"decision_cache: {sampled_cache_size: %.0f, "
				"non_sampled_cache_size: %.0f}",
				nr * 10, nr * 10)});
}

void rule_trace_buffer_too_small(struct rule_run *run);
void rule_trace_buffer_too_small(struct rule_run *run)
{
	const struct use *u;
	struct pipeline *p;
	size_t at = 0, number;
	double rate = run->program->system->traffic.traces_per_second;
	while ((u = next_use(run, "tail_sampling", &at, &p, &number))) {
		const struct yaml *config = u->component->config, *where;
		double wait = tail_wait(config), nr = tail_num_traces(config);
		double share = p->in.of[CLASS_ROUTINE].low;
		check_cache(run, p, u, nr);
		if (p->collector->replicas > 1)
			share /= p->collector->replicas;
		double waiting = rate * share * wait;
		if (nr >= waiting)
			check_memory_of_decisions(run, p, u, rate * share, wait);
		if (wait <= 0 || nr <= 0 || nr >= waiting ||
			yaml_bool(yaml_get(config, "block_on_overflow"), false))
			continue;
		where = yaml_get(config, "num_traces");
		remark(run,
			&(struct remark){.at = where ? where : u->component->key,
				.pipeline = p,
				.subject = u->id,
				.message = tell_text(run,
					"%s keeps %g traces, and %g arrive while it waits %s",
					u->id, nr, waiting, seconds_text(run, wait)),
				.why = "the oldest ones go before they are decided on, errors "
				       "among them",
				.patch = replace_scalar(run, where,
					tell_text(run, "%.0f", waiting * 2), "twice of what waits"),
				.fix = tell_text(run,
					"num_traces: %.0f, twice of what waits, or a shorter "
					"wait",
					waiting * 2)});
	}
}
