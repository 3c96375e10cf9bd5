/* Chooses the rules of a run. */
#include "engine/select.h"

#include "base/str.h"
#include "findings/suppress.h"

#include <stdio.h>

const char *const selection_profiles[] = {"recommended", "strict"};
const size_t selection_nr_profiles = sizeof(selection_profiles) / sizeof(selection_profiles[0]);

static bool is_in_profile(const struct rule *r, const char *profile)
{
	if (str_eq(r->tier, "recommended"))
		return true;
	return str_eq(profile, "strict") && str_eq(r->tier, "strict");
}

/* "0.10" is later than "0.9". */
static bool came_later(const char *since, const char *as_of)
{
	unsigned a[2] = {0}, b[2] = {0};
	if (!as_of[0])
		return false;
	sscanf(since, "%u.%u", &a[0], &a[1]);
	sscanf(as_of, "%u.%u", &b[0], &b[1]);
	return a[0] != b[0] ? a[0] > b[0] : a[1] > b[1];
}

/* A rule that is on in a part of the program runs; judging drops what it finds elsewhere. */
static void apply_overrides(struct selection *s, const struct config *config)
{
	for (size_t i = 0; i < config->overrides.nr; i++) {
		const struct config_override *o = &config->overrides.at[i];
		for (size_t k = 0; k < o->rules.nr; k++)
			for (size_t n = 0; n < s->nr; n++)
				if (str_eq(s->rules[n].name, o->rules.at[k].rule) &&
					!str_eq(o->rules.at[k].value, "off"))
					s->enabled[n] = true;
	}
}

static void apply_setting(struct selection *s, const struct rule_setting *setting)
{
	for (size_t i = 0; i < s->nr; i++) {
		if (!str_eq(s->rules[i].name, setting->rule))
			continue;
		s->enabled[i] = !str_eq(setting->value, "off");
		if (str_eq(setting->value, "note"))
			s->severity[i] = SEVERITY_NOTE;
		else if (str_eq(setting->value, "warning"))
			s->severity[i] = SEVERITY_WARNING;
		else if (str_eq(setting->value, "error"))
			s->severity[i] = SEVERITY_ERROR;
	}
}

static bool is_named(const char *rule, const char *const *only, size_t nr_only)
{
	for (size_t i = 0; i < nr_only; i++)
		if (str_eq(rule, only[i]))
			return true;
	return false;
}

void selection_init(struct selection *s, struct arena *a, const struct config *config,
	const char *const *only, size_t nr_only)
{
	s->rules = rules_all(&s->nr);
	s->enabled = arena_array(a, bool, s->nr);
	s->severity = arena_array(a, enum severity, s->nr);
	for (size_t i = 0; i < s->nr; i++) {
		s->enabled[i] = is_in_profile(&s->rules[i], config->profile) &&
				!came_later(s->rules[i].since, config->rules_as_of);
		s->severity[i] = s->rules[i].severity;
	}
	for (size_t i = 0; i < config->rules.nr; i++)
		apply_setting(s, &config->rules.at[i]);
	for (size_t i = 0; nr_only && i < s->nr; i++)
		s->enabled[i] = is_named(s->rules[i].name, only, nr_only);
	s->is_base = arena_array(a, bool, s->nr);
	s->is_named = nr_only > 0;
	for (size_t i = 0; i < s->nr; i++)
		s->is_base[i] = s->enabled[i];
	if (!nr_only)
		apply_overrides(s, config);
}

const char *const *selection_rule_names(struct arena *a, size_t *nr)
{
	size_t nr_rules;
	const struct rule *rules = rules_all(&nr_rules);
	const char **names = arena_array(a, const char *, nr_rules + SUPPRESS_NR_RULES);
	for (size_t i = 0; i < nr_rules; i++)
		names[i] = rules[i].name;
	for (size_t i = 0; i < SUPPRESS_NR_RULES; i++)
		names[nr_rules + i] = suppress_rules[i].name;
	*nr = nr_rules + SUPPRESS_NR_RULES;
	return names;
}
