/* sensitive-attribute: a credential is written onto a span. */
#include "engine/private.h"

void rule_sensitive_attribute(struct rule_run *run);

static void report(struct rule_run *run, const struct private_hit *hit)
{
	const struct ir_op *at = &hit->func->ir->ops[hit->pair->at];
	const char *attribute =
		hit->key ? tell_text(run, "attribute \"%s\"", hit->key) : "an attribute";
	struct story story = {0};
	if (hit->origin) {
		story_add_origin(run, &story, hit->origin);
		story_add(run, &story, &at->loc, "and becomes %s", attribute);
	}
	tell(run, hit->func, &at->loc, hit->key ? hit->key : "",
		hit->origin ? tell_text(run, "%s is given a credential: %s", attribute,
				      hit->origin->what)
			    : tell_text(run, "%s holds a credential", attribute),
		"spans are stored in clear, for weeks, where everyone who debugs can search them, "
		"and are handed on to vendors: whoever reads this one can log in with it",
		"leave it out; record the outcome, or an identifier that opens nothing", &story);
}

void rule_sensitive_attribute(struct rule_run *run)
{
	private_find(run, MEANING_CREDENTIAL, false, report);
}
