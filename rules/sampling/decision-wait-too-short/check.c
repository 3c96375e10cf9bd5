/* The decision falls before the traces that a latency policy waits for can be there. */
#include "engine/tell_config.h"

/* A trace is whole when its root has ended and the SDK has sent its batch: 5 s by default, by the
 * specification of the batch span processor (OTEL_BSP_SCHEDULE_DELAY). */
static double batch_delay(const struct system *s)
{
	double longest = -1, ms;
	for (size_t i = 0; i < s->sdks.nr; i++) {
		double delay = 5;
		if (s->sdks.at[i]->delay && yaml_number(s->sdks.at[i]->delay, &ms))
			delay = ms / 1000;
		longest = delay > longest ? delay : longest;
	}
	return longest < 0 ? 5 : longest;
}

/* Longer than this nobody waits without a reason, and a latency policy would be one. */
#define LONG_WAIT 60

/* The other end: spans that wait are in memory. How much that is, is known with a rate. */
static void check_memory(const struct rule_run *run, const struct pipeline *p, const struct use *u,
	double wait, double needed)
{
	const struct traffic *t = &run->program->system->traffic;
	const struct yaml *where = yaml_get(u->component->config, "decision_wait");
	double arriving = t->traces_per_second * p->in.of[CLASS_ROUTINE].low;
	double nr = tail_num_traces(u->component->config);
	if (p->collector->replicas > 1)
		arriving /= p->collector->replicas;
	if (!where || wait <= LONG_WAIT || wait <= needed || arriving <= 0 || nr <= 0 ||
		yaml_get(u->component->config, "tail_storage") ||
		yaml_get(u->component->config, "decision_wait_after_root_received"))
		return;
	double waiting = arriving * wait < nr ? arriving * wait : nr;
	remark(run,
		&(struct remark){.at = where,
			.pipeline = p,
			.subject = u->id,
			.message = tell_text(run,
				"%s waits %s, with %.0f traces in memory, %.0f MB of %g spans of "
				"%g bytes each; its latency policy needs no more than %s",
				u->id, seconds_text(run, wait), waiting,
				waiting * t->spans_per_trace * t->bytes_per_span / 1e6,
				t->spans_per_trace, t->bytes_per_span, seconds_text(run, needed)),
			.why = "every span of the wait is kept in memory, and a trace is seen "
			       "that much later",
			.fix = "wait as long as a trace takes, and the batch that brings its "
			       "last span"});
}

void rule_decision_wait_too_short(struct rule_run *run);
void rule_decision_wait_too_short(struct rule_run *run)
{
	const struct use *u;
	struct pipeline *p;
	size_t at = 0, number;
	double delay = batch_delay(run->program->system);
	while ((u = next_use(run, "tail_sampling", &at, &p, &number))) {
		const struct yaml *config = u->component->config, *threshold;
		double wait = tail_wait(config), longest = tail_latency(config, &threshold);
		const struct yaml *where = yaml_get(config, "decision_wait");
		if (longest > 0)
			check_memory(run, p, u, wait, longest + delay);
		if (wait < 0 || longest <= 0 || wait >= longest + delay)
			continue;
		struct story story = {0};
		story_add_node(run, &story, threshold, "waits for traces of more than %s",
			seconds_text(run, longest));
		if (where)
			story_add_node(run, &story, where, "decides %s after the first span",
				seconds_text(run, wait));
		const char *enough = seconds_text(run, longest + delay);
		remark(run,
			&(struct remark){.at = where ? where : u->component->key,
				.pipeline = p,
				.subject = u->id,
				.story = &story,
				.message = tell_text(run,
					wait <= longest ? "%s decides after %s, before a trace of "
							  "more than "
							  "%s can have ended"
							: "%s decides after %s; a trace of %s and "
							  "the batch "
							  "that brings its last span take longer",
					u->id, seconds_text(run, wait), seconds_text(run, longest)),
				.why = tell_text(run,
					"the span that shows how long it took, its root, comes "
					"when "
					"it has ended, and up to %s later in its batch",
					seconds_text(run, delay)),
				.fix = tell_text(run, "wait %s or longer", enough),
				.patch = replace_scalar(run, where,
					tell_text(run, "%gs", longest + delay), "long enough")});
	}
}
