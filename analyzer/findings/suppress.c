/* Applies suppressions to findings, and judges the suppressions themselves. */
#include "findings/suppress.h"

#include "base/map.h"
#include "base/str.h"
#include "findings/suppress_parse.h"

#define WITHOUT_REASON (suppress_rules[1].name)
#define UNKNOWN        (suppress_rules[2].name)
#define UNUSED         (suppress_rules[3].name)

struct indexes {
	VEC(size_t) all;
};

struct apply {
	struct findings *findings;
	size_t nr_findings;                /* before any about suppressions */
	struct map by_file;                /* struct indexes */
	const struct suppression **chosen; /* for each finding */
	const char *const *rules;
	const bool *enabled;
	size_t nr_rules;
};

static bool is_about_suppressions(const char *rule)
{
	for (size_t i = 0; i < SUPPRESS_NR_RULES; i++) {
		if (str_eq(rule, suppress_rules[i].name))
			return true;
	}
	return false;
}

static void index_findings(struct apply *ap)
{
	struct arena *a = ap->findings->arena;
	map_init(&ap->by_file, a);
	for (size_t i = 0; i < ap->nr_findings; i++) {
		void **slot = map_slot(&ap->by_file, ap->findings->all.at[i].place.file);
		if (!*slot)
			*slot = arena_new(a, struct indexes);
		struct indexes *of_file = *slot;
		vec_push(a, &of_file->all, i);
	}
}

static void report(struct apply *ap, const struct suppression *s, const char *rule,
	const char *subject, const char *message, const char *why, const char *fix)
{
	findings_add(ap->findings, (struct finding){.rule = rule,
					   .severity = SEVERITY_WARNING,
					   .place = s->place,
					   .message = message,
					   .why = why,
					   .fix = fix,
					   .subject = subject});
}

static bool covers(const struct suppression *s, uint32_t line)
{
	return line == s->target || (s->from && line >= s->from && line <= s->to);
}

/* Of several that cover a finding the one with the smallest extent speaks, then the first. */
static bool speaks_before(const struct suppression *a, const struct suppression *b)
{
	uint32_t extent_a = a->to - a->from, extent_b = b->to - b->from;
	if (extent_a != extent_b)
		return extent_a < extent_b;
	if (a->place.line != b->place.line)
		return a->place.line < b->place.line;
	return a->place.col < b->place.col;
}

static bool mark(
	struct apply *ap, const struct suppression *s, const char *rule, const char *reason)
{
	struct indexes *of_file = s->place.file ? map_get(&ap->by_file, s->place.file) : NULL;
	bool is_used = false;
	for (size_t i = 0; of_file && i < of_file->all.nr; i++) {
		size_t number = of_file->all.at[i];
		struct finding *finding = &ap->findings->all.at[number];
		if (!str_eq(finding->rule, rule) || !covers(s, finding->place.line))
			continue;
		is_used = true;
		if (ap->chosen[number] && !speaks_before(s, ap->chosen[number]))
			continue;
		ap->chosen[number] = s;
		finding->is_suppressed = true;
		finding->justification = reason;
	}
	return is_used;
}

static void apply_rule(struct apply *ap, const struct suppression *s, const char *rule,
	const struct suppress_text *text)
{
	struct arena *a = ap->findings->arena;
	size_t known = 0;
	while (known < ap->nr_rules && !str_eq(ap->rules[known], rule))
		known++;
	if (is_about_suppressions(rule)) {
		report(ap, s, UNKNOWN, rule, arena_printf(a, "\"%s\" cannot be suppressed", rule),
			"", "mend the suppression that it speaks of");
	} else if (known == ap->nr_rules) {
		const char *near = str_nearest(rule, ap->rules, ap->nr_rules);
		report(ap, s, UNKNOWN, rule,
			near ? arena_printf(a,
				       "suppression names unknown rule \"%s\"; did you mean "
				       "\"%s\"?",
				       rule, near)
			     : arena_printf(a, "suppression names unknown rule \"%s\"", rule),
			"",
			near ? arena_printf(a, "write allow(%s)", near)
			     : "list the names with: otel-tidy rules");
	} else if (text->fault == SUPPRESS_FINE && !mark(ap, s, rule, text->reason) &&
		   ap->enabled[known] && !s->is_unsure) {
		report(ap, s, UNUSED, rule,
			arena_printf(a, "suppression of %s suppresses nothing", rule),
			"it would hide the next finding at this place",
			text->rules.nr > 1 ? arena_printf(a, "remove %s from the list", rule)
					   : "remove the comment");
	}
}

void suppress_apply(struct findings *f, const struct suppression *all, size_t nr,
	const char *const *rules, const bool *enabled, size_t nr_rules)
{
	struct apply ap = {.findings = f,
		.nr_findings = f->all.nr,
		.chosen = arena_array(f->arena, const struct suppression *, f->all.nr),
		.rules = rules,
		.enabled = enabled,
		.nr_rules = nr_rules};
	index_findings(&ap);
	for (size_t i = 0; i < nr; i++) {
		struct suppress_text text;
		suppress_parse(f->arena, all[i].text ? all[i].text : "", &text);
		for (size_t k = 0; k < text.rules.nr; k++)
			apply_rule(&ap, &all[i], text.rules.at[k], &text);
		if (text.fault != SUPPRESS_FINE)
			report(&ap, &all[i],
				text.fault == SUPPRESS_NO_REASON ? WITHOUT_REASON : UNKNOWN,
				all[i].text, text.message, "", text.fix);
	}
}
