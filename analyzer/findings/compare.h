/* What a change brings: the findings that were not there before, and those that are gone. */
#ifndef OTEL_TIDY_FINDINGS_COMPARE_H
#define OTEL_TIDY_FINDINGS_COMPARE_H

#include "findings/finding.h"

/* Pairs findings that are the same but for their places: those in the same file first, then those
 * that moved to another one. Sets `was` and `is` for what found its pair; what is set already is
 * left out. */
void findings_pair(
	const struct findings *before, const struct findings *after, bool *was, bool *is);

/* Takes from `after` what `before` has as well. What `after` lacks is added to `fixed`. Findings
 * that a comment suppresses count as not there; what the baseline accepts is not new, and not
 * fixed. All three are finished. */
void findings_compare(
	const struct findings *before, struct findings *after, struct findings *fixed);

#endif
