/* Chooses the rules of a run. */
#include "engine/select.h"

#include "base/str.h"
#include "findings/suppress.h"

const char *const selection_profiles[] = {"recommended", "strict"};
const size_t selection_nr_profiles = sizeof(selection_profiles) / sizeof(selection_profiles[0]);

static bool is_in_profile(const struct rule *r, const char *profile)
{
	if (str_eq(r->tier, "recommended"))
		return true;
	return str_eq(profile, "strict") && str_eq(r->tier, "strict");
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
		s->enabled[i] = is_in_profile(&s->rules[i], config->profile);
		s->severity[i] = s->rules[i].severity;
	}
	for (size_t i = 0; i < config->rules.nr; i++)
		apply_setting(s, &config->rules.at[i]);
	for (size_t i = 0; nr_only && i < s->nr; i++)
		s->enabled[i] = is_named(s->rules[i].name, only, nr_only);
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
