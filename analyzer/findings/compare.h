/* What a change brings: the findings that were not there before, and those that are gone. */
#ifndef OTEL_TIDY_FINDINGS_COMPARE_H
#define OTEL_TIDY_FINDINGS_COMPARE_H

#include "findings/finding.h"

/* Takes from `after` what `before` has as well, by fingerprint; then what only moved to another
 * file. What `after` lacks is added to `fixed`. Suppressed findings count as not there. All three
 * are finished. */
void findings_compare(
	const struct findings *before, struct findings *after, struct findings *fixed);

#endif
