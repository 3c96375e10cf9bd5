/* Iterates over keys, and offers other spellings for them. */
#include "engine/keys.h"

const struct attribute_site *keys_next(const struct rule_run *run, size_t *at)
{
	const struct attribute_sites *sites = attribute_sites_of(run->program);
	while (*at < sites->all.nr) {
		const struct attribute_site *s = &sites->all.at[(*at)++];
		if (s->key)
			return s;
	}
	return NULL;
}

static bool is_elsewhere(const struct attribute_site *s)
{
	return s->written.line &&
	       (s->written.file != s->loc.file || s->written.line != s->loc.line);
}

struct patch keys_patch(const struct rule_run *run, const struct attribute_site *s,
	const char *text, bool is_safe, struct plan *plan)
{
	*plan = tell_plan(run, PLAN_REPLACE, &s->written,
		arena_printf(run->arena, "\"%s\"", s->key),
		arena_printf(run->arena, "\"%s\"", text));
	return (struct patch){.is_safe = is_safe && !attribute_key_is_shared(run->program, s),
		.title = arena_printf(run->arena, "write %s", text),
		.nr_plans = s->written.line ? 1 : 0,
		.plans = plan};
}

void keys_story(const struct rule_run *run, struct story *story, const struct attribute_site *s)
{
	if (!is_elsewhere(s))
		return;
	story_add(run, story, &s->written, "the key is written here");
	story_add(run, story, &s->loc, "and set here");
}
