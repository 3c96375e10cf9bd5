/* The spans of one trace go to several Collectors, each of which decides on a part. */
#include "base/str.h"
#include "engine/tell_config.h"

#include <string.h>

static const struct component *own_balancer(const struct collector *c)
{
	for (size_t i = 0; i < c->components.nr; i++)
		if (c->components.at[i]->kind == COMPONENT_EXPORTER &&
			c->components.at[i]->is_used &&
			str_eq(c->components.at[i]->type, "load_balancing"))
			return c->components.at[i];
	return NULL;
}

static bool is_by_trace(const struct component *balancer)
{
	const struct yaml *key = yaml_get(balancer->config, "routing_key");
	return !key || !yaml_text(key) || str_eq(yaml_text(key), "traceID") || !yaml_text(key)[0];
}

/* A span_metrics connector of this Collector: it wants all spans of a service in one place, as tail
 * sampling wants those of a trace. NULL: none. */
static const struct component *counts_by_service(const struct collector *c)
{
	for (size_t i = 0; i < c->components.nr; i++) {
		const struct component *k = c->components.at[i];
		if (k->kind == COMPONENT_CONNECTOR && k->is_used && str_eq(k->type, "span_metrics"))
			return k;
	}
	return NULL;
}

static void tell_key(const struct rule_run *run, const struct pipeline *p,
	const struct component *balancer, const struct use *tail)
{
	const struct yaml *key = yaml_get(balancer->config, "routing_key");
	struct story story = {0};
	const struct component *counter =
		str_eq(yaml_text(key), "service") ? counts_by_service(p->collector) : NULL;
	story_add_node(run, &story, key, "%s sends by %s", balancer->id, yaml_text(key));
	story_add_node(run, &story, tail->at, "%s needs whole traces", tail->id);
	if (counter)
		story_add_node(run, &story, counter->key, "%s needs whole services", counter->id);
	remark(run,
		&(struct remark){.at = key,
			.pipeline = p,
			.subject = balancer->id,
			.story = &story,
			.message = counter ? tell_text(run,
						     "%s sends spans by service, for %s, and "
						     "tail_sampling behind it needs whole "
						     "traces: no key serves both",
						     balancer->id, counter->id)
					   : tell_text(run,
						     "%s sends spans by %s to Collectors that "
						     "sample whole traces",
						     balancer->id, yaml_text(key)),
			.why = "each service's spans of a trace go to another Collector, and "
			       "each decides "
			       "by what it has",
			.fix = counter ? "one load_balancing exporter by traceID to Collectors "
					 "that sample, a second one by service to others that "
					 "count"
				       : "routing_key: traceID",
			.patch = counter ? NULL : replace_scalar(run, key, "traceID", "by trace")});
}

/* What is in front may be in a file that was not given. It is known when another tier or an SDK
 * here sends to this Collector, or when somebody says how many there are. */
static bool knows_front(const struct system *s, const struct collector *c)
{
	size_t n = strcspn(c->name, "/.,");
	if (c->is_fed_by_tier || s->replicas > 1 || s->is_strict)
		return true;
	for (size_t i = 0; i < s->sdks.nr; i++) {
		const char *endpoint = yaml_text(s->sdks.at[i]->endpoint);
		const char *host = endpoint ? strstr(endpoint, "://") : NULL;
		if (host && strncmp(host + 3, c->name, n) == 0)
			return true;
	}
	return false;
}

void rule_tail_needs_affinity(struct rule_run *run);
void rule_tail_needs_affinity(struct rule_run *run)
{
	const struct use *tail;
	struct pipeline *p;
	size_t at = 0, number;
	while ((tail = next_use(run, "tail_sampling", &at, &p, &number))) {
		const struct collector *c = p->collector;
		const struct component *balancer = c->balancer ? c->balancer : own_balancer(c);
		bool is_daemon = str_eq(c->mode, "daemonset");
		if (balancer) {
			if (!is_by_trace(balancer))
				tell_key(run, p, balancer, tail);
			continue;
		}
		if (!is_daemon && (c->replicas <= 1 || !knows_front(run->program->system, c)))
			continue;
		struct story story = {0};
		if (c->replicas_at && !is_daemon)
			story_add_node(run, &story, c->replicas_at, "%g of them run", c->replicas);
		story_add_node(run, &story, tail->at, "each decides on what it has");
		remark(run,
			&(struct remark){.at = tail->at,
				.pipeline = p,
				.subject = tail->id,
				.story = &story,
				.message = is_daemon ? tell_text(run,
							       "%s runs on every node, and a trace "
							       "has spans of "
							       "several",
							       tail->id)
						     : tell_text(run,
							       "%s runs in %g Collectors, and "
							       "nothing brings the "
							       "spans of a trace to one of them",
							       tail->id, c->replicas),
				.why = "a Collector that does not see the span with the error "
				       "throws its part "
				       "of the trace away",
				.fix = "put Collectors with a load_balancing exporter "
				       "(routing_key: traceID) "
				       "in front"});
	}
}
