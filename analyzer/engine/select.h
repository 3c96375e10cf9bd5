/* Which rules run, and how severe each is: from the profile, otel-tidy.json and the command line.
 */
#ifndef OTEL_TIDY_ENGINE_SELECT_H
#define OTEL_TIDY_ENGINE_SELECT_H

#include "engine/rule.h"
#include "project/config.h"

struct selection {
	size_t nr;
	const struct rule *rules; /* all of them, by name */
	bool *enabled;            /* somewhere at least */
	bool *is_base;            /* also where no override says so */
	bool is_named;            /* --rule: overrides turn nothing off */
	enum severity *severity;
};

/* `only`: rules named with --rule, which then are the only ones to run; may be empty. The profile
 * "recommended" has the rules of that tier, "strict" the strict ones as well. Names were checked
 * before. */
void selection_init(struct selection *s, struct arena *a, const struct config *config,
	const char *const *only, size_t nr_only);

/* The names of all rules and of all profiles, for error messages; the arrays live in `a`. */
const char *const *selection_rule_names(struct arena *a, size_t *nr);
extern const char *const selection_profiles[];
extern const size_t selection_nr_profiles;

#endif
