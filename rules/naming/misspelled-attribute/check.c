/* misspelled-attribute: a key that is almost one of the registry's or the project's. */
#include "base/str.h"
#include "engine/keys.h"

void rule_misspelled_attribute(struct rule_run *run);

static const char *how(enum near_kind kind)
{
	return kind == NEAR_CASE        ? "written with capitals"
	       : kind == NEAR_DELIMITER ? "written with other delimiters"
					: "one letter off";
}

/* What was said of a key once holds wherever it is set. */
struct key_known {
	const struct attribute_def *def;
	enum near_kind kind;
};

static const struct key_known *look_up(struct rule_run *run, struct map *seen, const char *key)
{
	const struct registry *registry = run->program->registry;
	void **slot = map_slot(seen, key);
	if (*slot)
		return *slot;
	struct key_known *known = arena_new(run->scratch, struct key_known);
	if (!registry_find(registry, key))
		known->def = registry_near(registry, key, &known->kind);
	*slot = known;
	return known;
}

void rule_misspelled_attribute(struct rule_run *run)
{
	struct map seen;
	map_init(&seen, run->scratch);
	const struct attribute_site *s;
	for (size_t at = 0; run->program->registry && (s = keys_next(run, &at)) != NULL;) {
		const struct key_known *known = look_up(run, &seen, s->key);
		const struct attribute_def *def = known->def;
		if (!def)
			continue;
		struct story story = {0};
		struct plan plan;
		bool is_same_type = s->type == TYPE_UNKNOWN || def->type == TYPE_UNKNOWN ||
				    s->type == def->type;
		struct patch patch = keys_patch(run, s, def->name, is_same_type, &plan);
		keys_story(run, &story, s);
		tell_with_patch(run, s->func, &s->loc, s->key,
			tell_text(run, "attribute \"%s\" is \"%s\" of %s, %s", s->key, def->name,
				def->is_own ? "this project" : "the semantic conventions",
				how(known->kind)),
			"to a backend these are two attributes: whoever asks for the one does not "
			"find the other",
			tell_text(run, "set \"%s\"", def->name), &story,
			patch.nr_plans && !def->is_template ? &patch : NULL);
	}
}
