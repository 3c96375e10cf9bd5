/* reserved-namespace: a key of one's own in a namespace of the conventions. */
#include "base/str.h"
#include "engine/keys.h"

#include <string.h>

void rule_reserved_namespace(struct rule_run *run);

/* The conventions use "app" for what client applications record; everybody else for their own. */
static bool is_anybodys(const char *key)
{
	return str_has_prefix(key, "app.");
}

void rule_reserved_namespace(struct rule_run *run)
{
	const struct registry *registry = run->program->registry;
	const struct attribute_site *s;
	for (size_t at = 0; registry && (s = keys_next(run, &at)) != NULL;) {
		enum near_kind kind;
		const struct attribute_def *other = registry_namespace(registry, s->key);
		bool is_otel = str_has_prefix(s->key, "otel.");
		if ((!other && !is_otel) || is_anybodys(s->key) ||
			registry_find(registry, s->key) || registry_near(registry, s->key, &kind))
			continue;
		int n = (int)strcspn(s->key, ".");
		struct story story = {0};
		keys_story(run, &story, s);
		tell(run, s->func, &s->loc, s->key,
			tell_text(run,
				"attribute \"%s\" is none of the semantic conventions, but inside "
				"their namespace \"%.*s\"",
				s->key, n, s->key),
			"the conventions may define this key tomorrow, with another meaning or "
			"another type",
			tell_text(run, "put it into a namespace of your own, as in \"app.%s\"",
				s->key),
			&story);
	}
}
