/* sensitive-baggage: credentials or personal data are put into baggage. */
#include "engine/private.h"

void rule_sensitive_baggage(struct rule_run *run);

static void report(struct rule_run *run, const struct private_hit *hit, const char *data)
{
	const struct ir_op *at = &hit->func->ir->ops[hit->pair->at];
	const char *entry =
		hit->key ? tell_text(run, "baggage \"%s\"", hit->key) : "a baggage entry";
	struct story story = {0};
	if (tell_has(run, &at->loc))
		return;
	if (hit->origin) {
		story_add_origin(run, &story, hit->origin);
		story_add(run, &story, &at->loc, "and becomes %s", entry);
	}
	tell(run, hit->func, &at->loc, hit->key ? hit->key : "",
		hit->origin ? tell_text(run, "%s is given %s: %s", entry, data, hit->origin->what)
			    : tell_text(run, "%s holds %s", entry, data),
		"baggage travels as a header, in clear, with every request to every service "
		"further on, third parties included, and ends up in their logs",
		"keep it in the process; let the others have an opaque identifier", &story);
}

static void report_credential(struct rule_run *run, const struct private_hit *hit)
{
	report(run, hit, "a credential");
}

static void report_personal(struct rule_run *run, const struct private_hit *hit)
{
	report(run, hit, "personal data");
}

void rule_sensitive_baggage(struct rule_run *run)
{
	private_find(run, MEANING_CREDENTIAL, true, report_credential);
	private_find(run, MEANING_PERSONAL, true, report_personal);
}
