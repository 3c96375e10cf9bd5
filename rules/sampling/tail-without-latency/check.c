/* Tail sampling whose policies never ask how long a trace took. */
#include "engine/tell_config.h"

static const char *const policy[] = {
	"name: slow", "type: latency", "latency: {threshold_ms: 1000}"};

void rule_tail_without_latency(struct rule_run *run);
void rule_tail_without_latency(struct rule_run *run)
{
	const struct use *u;
	struct pipeline *p;
	size_t at = 0, number;
	while ((u = next_use(run, "tail_sampling", &at, &p, &number))) {
		const struct yaml *config = u->component->config;
		const struct yaml_pair *policies = yaml_pair(config, "policies");
		struct shares all = {{{1, 1}, {1, 1}, {1, 1}}};
		if (!policies || policies->value->kind != YAML_LIST || !policies->value->nr)
			continue;
		struct share kept = tail_shares(run->scratch, config, &all, NULL).of[CLASS_SLOW];
		if (tail_looks_at_latency(config) || kept.low >= 1)
			continue;
		struct remark r = {.at = policies->key,
			.pipeline = p,
			.subject = u->id,
			.patch = insert_item(run, policies->value, policy, 3, "a policy for them"),
			.why = "what was slow is what one wants to see, and chance decides whether "
			       "it "
			       "is there",
			.fix = "add a policy: {name: slow, type: latency, latency: {threshold_ms: "
			       "1000}}"};
		r.message = kept.high < 1
				    ? tell_text(run,
					      "%s keeps %s of the slow traces: no policy asks how "
					      "long a trace took",
					      u->id, share_text(run, kept))
				    : tell_text(run, "no policy of %s asks how long a trace took",
					      u->id);
		remark(run, &r);
	}
}
