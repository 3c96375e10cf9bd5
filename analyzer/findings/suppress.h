/* Suppressions: `// otel-tidy: allow(rule, rule) reason: why`, the reason mandatory.
 *
 * A comment behind code speaks of its line; one alone on its line speaks of the next code line;
 * one before a function's first line (target inside its head) speaks of the whole function. One
 * that lacks a reason, names an unknown rule or suppresses nothing is itself a finding
 * (`suppression-without-reason`, `unknown-suppression`, `unused-suppression`), and those cannot be
 * suppressed. */
#ifndef OTEL_TIDY_FINDINGS_SUPPRESS_H
#define OTEL_TIDY_FINDINGS_SUPPRESS_H

#include "findings/finding.h"

struct suppression {
	struct place place; /* of the comment */
	const char *text;   /* "allow(span-leak) reason: the pool ends it" */
	uint32_t target;    /* the line it speaks of */
	uint32_t from, to;  /* the lines it covers: target, or a function's whole extent */
	bool is_unsure;     /* some of what it covers could not be judged: never called unused */
};

/* Marks findings, then adds findings about the suppressions themselves. Call before
 * findings_finish. `rules`: every known rule name; `enabled`: those that ran (a suppression of a
 * rule that did not run is not called unused). */
void suppress_apply(struct findings *f, const struct suppression *all, size_t nr,
	const char *const *rules, const bool *enabled, size_t nr_rules);

/* The rules about suppressions themselves, by comment and by baseline. They have no folder of their
 * own under rules/, always run, and have their pages here, in the same form as every other rule's
 * page. Sorted by name. */
#define SUPPRESS_NR_RULES 4
struct suppress_rule {
	const char *name, *group, *tier, *summary, *page;
	enum severity severity;
};
extern const struct suppress_rule suppress_rules[SUPPRESS_NR_RULES];
/* "stale-baseline": findings/baseline.h adds its findings. */
extern const char *const suppress_rule_stale;

#endif
