/* The baseline: findings that were there when the linter came, one line for each, in a file that is
 * committed. A line is
 *
 *	FINGERPRINT <tab> rule <tab> file <tab> function <tab> subject
 *
 * and lines are sorted, by fingerprint: what two branches add ends up far from each other, so that
 * git merges it. What counts is rule, function and subject; the file only says which of several is
 * meant, and follows when it is renamed. */
#ifndef OTEL_TIDY_FINDINGS_BASELINE_H
#define OTEL_TIDY_FINDINGS_BASELINE_H

#include "base/str.h"
#include "findings/finding.h"

struct baseline {
	const char *name;        /* what findings about it call the file */
	struct findings entries; /* rule, file, function, subject; place.line is the line in it */
	bool *is_matched;        /* filled by baseline_apply */
};

/* False with `error`: one line that names file, line and the next step. */
bool baseline_read(struct arena *a, const char *name, const char *text, struct baseline *out,
	const char **error);
/* Marks the findings that have an entry as suppressed and accepted. */
void baseline_apply(struct baseline *b, struct findings *f);
/* Adds a finding about each entry that matched nothing and for which `is_judged` says that it would
 * have been found: rule stale-baseline. Call findings_finish afterwards. */
void baseline_add_stale(const struct baseline *b, struct findings *f,
	bool (*is_judged)(const void *ctx, const struct finding *entry), const void *ctx);
/* The file's text for these findings and kept entries, sorted. */
const char *baseline_text(struct arena *a, const struct finding *const *all, size_t nr);

#endif
