/* personal-attribute: data about a person is written onto a span. */
#include "engine/private.h"

void rule_personal_attribute(struct rule_run *run);

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
		hit->origin ? tell_text(run, "%s is given personal data: %s", attribute,
				      hit->origin->what)
			    : tell_text(run, "%s holds personal data", attribute),
		"traces are kept and copied without anyone's consent in mind: what is in them has "
		"to be found and deleted when the person asks for it",
		"record a keyed hash (user.hash) or a pseudonym (enduser.pseudo.id) that tells "
		"people apart without naming them",
		&story);
}

void rule_personal_attribute(struct rule_run *run)
{
	private_find(run, MEANING_PERSONAL, false, report);
}
