/* Iterates over keys, and offers other spellings for them. */
#include "engine/keys.h"

#include "base/str.h"

#include <string.h>

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

/* Headers of others, and those that only repeat the conventions, are not ours to change. */
static bool is_ours(const struct program *p, const struct ir_loc *loc)
{
	const struct ir_file *file = &p->files.at[loc->file];
	if (!loc->line || file->is_system || strstr(file->path, "/semconv/"))
		return false;
	for (size_t i = 0; i < p->config->exclude.nr; i++)
		if (str_glob(p->config->exclude.at[i], file->path))
			return false;
	return true;
}

struct patch keys_patch(const struct rule_run *run, const struct attribute_site *s,
	const char *text, bool is_safe, struct plan *plan)
{
	*plan = tell_plan(run, PLAN_REPLACE, &s->written,
		arena_printf(run->arena, "\"%s\"", s->key),
		arena_printf(run->arena, "\"%s\"", text));
	return (struct patch){/* who else reads a header is not known */
		.is_safe = is_safe && s->written.file == s->loc.file &&
			   !attribute_key_is_shared(run->program, s),
		.title = arena_printf(run->arena, "write %s", text),
		.nr_plans = is_ours(run->program, &s->written) ? 1 : 0,
		.plans = plan};
}

void keys_story(const struct rule_run *run, struct story *story, const struct attribute_site *s)
{
	if (!is_elsewhere(s))
		return;
	story_add(run, story, &s->written, "the key is written here");
	story_add(run, story, &s->loc, "and set here");
}
