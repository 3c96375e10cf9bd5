/* Tail sampling whose policies never ask whether a trace has an error. */
#include "base/str.h"
#include "engine/tell_config.h"

static const char *const policy[] = {
	"name: errors", "type: status_code", "status_code: {status_codes: [ERROR]}"};

void rule_tail_without_errors(struct rule_run *run);
void rule_tail_without_errors(struct rule_run *run)
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
		struct share kept = tail_shares(run->scratch, config, &all, NULL).of[CLASS_ERRORS];
		if (tail_looks_at_errors(config) || kept.low >= 1)
			continue;
		struct remark r = {.at = policies->key,
			.pipeline = p,
			.subject = u->id,
			.patch = insert_item(run, policies->value, policy, 3, "a policy for them"),
			.why = "the traces one looks for are those of requests that failed, and "
			       "most "
			       "of them are thrown away with the rest",
			.fix = "add a policy: {name: errors, type: status_code, status_code: "
			       "{status_codes: [ERROR]}}"};
		r.message = kept.high < 1 ? tell_text(run,
						    "%s keeps %s of the traces with errors: no "
						    "policy asks for them",
						    u->id, share_text(run, kept))
					  : tell_text(run,
						    "no policy of %s asks whether a trace has an "
						    "error",
						    u->id);
		remark(run, &r);
	}
}
