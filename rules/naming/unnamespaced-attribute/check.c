/* unnamespaced-attribute: a key without a dot. */
#include "base/str.h"
#include "engine/keys.h"

#include <string.h>

void rule_unnamespaced_attribute(struct rule_run *run);

void rule_unnamespaced_attribute(struct rule_run *run)
{
	const struct registry *registry = run->program->registry;
	const struct attribute_site *s;
	for (size_t at = 0; registry && (s = keys_next(run, &at)) != NULL;) {
		enum near_kind kind;
		if (strchr(s->key, '.') || registry_find(registry, s->key) ||
			registry_near(registry, s->key, &kind))
			continue; /* known, or misspelled-attribute speaks of it */
		struct story story = {0};
		keys_story(run, &story, s);
		tell(run, s->func, &s->loc, s->key,
			tell_text(run, "attribute \"%s\" has no namespace", s->key),
			"a bare word means something else in every library and service whose spans "
			"share a trace with this one",
			tell_text(run,
				"put the name of what it is about before it, as in "
				"\"app.order.%s\"",
				s->key),
			&story);
	}
}
