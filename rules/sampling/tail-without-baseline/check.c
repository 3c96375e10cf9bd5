/* Tail sampling that keeps nothing of what is neither wrong nor slow. */
#include "engine/tell_config.h"

static const char *const policy[] = {
	"name: baseline", "type: probabilistic", "probabilistic: {sampling_percentage: 1}"};

void rule_tail_without_baseline(struct rule_run *run);
void rule_tail_without_baseline(struct rule_run *run)
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
		struct share kept = tail_shares(run->scratch, config, &all, NULL).of[CLASS_ROUTINE];
		if (kept.high > 0)
			continue;
		remark(run,
			&(struct remark){.at = policies->key,
				.pipeline = p,
				.subject = u->id,
				.patch = insert_item(run, policies->value, policy, 3, "a baseline"),
				.message = tell_text(run,
					"%s keeps no trace that is neither wrong nor slow", u->id),
				.why = "without traces of good requests there is nothing to "
				       "compare a "
				       "bad one with",
				.fix = "add a policy: {name: baseline, type: probabilistic, "
				       "probabilistic: {sampling_percentage: 1}}"});
	}
}
