/* What is exported is lost at the first trouble. */
#include "base/str.h"
#include "engine/tell_config.h"

static bool is_off(const struct yaml *block)
{
	return block && block->kind == YAML_MAP && !yaml_bool(yaml_get(block, "enabled"), true);
}

/* Retries around a balancer choose again among its addresses. Those of a list that never changes
 * are the same ones: only what healthy receivers took is sent once more. */
static bool may_choose_again(const struct component *balancer)
{
	const struct yaml *resolver = yaml_get(balancer->config, "resolver");
	return resolver && !yaml_get(resolver, "static");
}

static void check(const struct rule_run *run, const struct pipeline *p, const struct use *u)
{
	const struct yaml *queue = yaml_get(u->component->config, "sending_queue");
	const struct yaml *retry = yaml_get(u->component->config, "retry_on_failure");
	const struct yaml *longest = yaml_get(retry, "max_elapsed_time");
	double seconds = 1;
	struct remark r = {.at = u->component->key, .pipeline = p, .subject = u->id};
	if (is_off(queue)) {
		r.at = queue;
		r.message = tell_text(run, "%s has its sending_queue turned off", u->id);
		r.why = "while the receiver of its data is slow, nothing is taken any more";
		r.fix = "leave it on";
		remark(run, &r);
	}
	if (is_off(retry)) {
		r.at = retry;
		r.message = tell_text(run, "%s does not try again", u->id);
		r.why = "a restart on the other side loses every request of that moment";
		r.fix = "leave retry_on_failure on";
		remark(run, &r);
	}
	if (yaml_seconds(longest, &seconds) && seconds == 0 && !yaml_get(queue, "storage")) {
		r.at = longest;
		r.message = tell_text(
			run, "%s tries again for ever, and its queue is in memory", u->id);
		r.why = "a receiver that never comes back fills the queue, and a restart empties "
			"it";
		r.fix = "sending_queue: {storage: file_storage}, or a limit";
		remark(run, &r);
	}
	if (str_eq(u->component->type, "load_balancing") && may_choose_again(u->component) &&
		(!queue || !retry)) {
		r.at = u->component->key;
		r.message = tell_text(run, "%s has no %s of its own, and by default none", u->id,
			queue ? "retry_on_failure" : "sending_queue");
		r.why = "when a Collector behind it goes away, what was meant for it is not sent "
			"to "
			"another one";
		r.fix = "set sending_queue and retry_on_failure beside protocol:, not only under "
			"otlp:";
		remark(run, &r);
	}
}

void rule_export_not_durable(struct rule_run *run);
void rule_export_not_durable(struct rule_run *run)
{
	for_each_pipeline(run->program->system, c, p)
	{
		(void)c;
		for (size_t i = 0; pipeline_is_traces(p) && i < p->exporters.all.nr; i++) {
			const struct use *u = &p->exporters.all.at[i];
			if (u->component && u->component->kind == COMPONENT_EXPORTER)
				check(run, p, u);
		}
	}
}
