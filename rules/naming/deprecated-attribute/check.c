/* deprecated-attribute: the registry says that a key is to be used no more. */
#include "base/str.h"
#include "engine/keys.h"

void rule_deprecated_attribute(struct rule_run *run);

static const char *what(const struct rule_run *run, const struct attribute_site *s,
	const struct attribute_def *def, const struct attribute_def *now)
{
	if (now)
		return tell_text(
			run, "attribute \"%s\" is deprecated: it is \"%s\" now", s->key, now->name);
	if (def->renamed_to[0])
		return tell_text(run, "attribute \"%s\" is deprecated: it became \"%s\"", s->key,
			def->renamed_to);
	if (def->removed_after[0])
		return tell_text(run,
			"attribute \"%s\" is in no semantic convention after version %s", s->key,
			def->removed_after);
	if (def->note[0])
		return tell_text(run, "attribute \"%s\" is deprecated: %s", s->key, def->note);
	return tell_text(run, "attribute \"%s\" is deprecated", s->key);
}

/* Another name for the same value: no other type, and no other set of values. */
static bool is_only_renamed(const struct attribute_site *s, const struct attribute_def *def,
	const struct attribute_def *now)
{
	if (now->is_template || (def->type != now->type && def->type != TYPE_UNKNOWN))
		return false;
	if (!now->nr_members)
		return true;
	if (s->literal)
		return attribute_has_member(now, s->literal);
	for (size_t i = 0; i < def->nr_members; i++)
		if (!attribute_has_member(now, def->members[i]))
			return false;
	return true;
}

void rule_deprecated_attribute(struct rule_run *run)
{
	const struct registry *registry = run->program->registry;
	const struct attribute_site *s;
	for (size_t at = 0; registry && (s = keys_next(run, &at)) != NULL;) {
		const struct attribute_def *def = registry_find(registry, s->key);
		if (!def || !def->is_deprecated)
			continue;
		const struct attribute_def *now = registry_replacement(registry, def);
		/* both at once: the way from one to the other */
		if (now && attribute_sites_has(run->program, s, now->name))
			continue;
		struct story story = {0};
		struct plan plan;
		struct patch patch = {0};
		keys_story(run, &story, s);
		if (now && !now->is_template)
			patch = keys_patch(run, s, now->name, is_only_renamed(s, def, now), &plan);
		tell_with_patch(run, s->func, &s->loc, s->key, what(run, s, def, now),
			"queries, dashboards and alerts that follow the conventions look for "
			"another name and do not find this value",
			now ? tell_text(run, "set \"%s\"", now->name)
			    : "see the semantic conventions for what to record in its place",
			&story, patch.nr_plans ? &patch : NULL);
	}
}
