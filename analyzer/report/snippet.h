/* The lines of source that a finding speaks of, with a line number gutter and an underline. */
#ifndef OTEL_TIDY_REPORT_SNIPPET_H
#define OTEL_TIDY_REPORT_SNIPPET_H

#include "findings/finding.h"
#include "report/pen.h"
#include "report/source.h"

/* Columns left of the code; everything else in a finding starts there too. */
#define SNIPPET_GUTTER 8

/* Nothing when the file cannot be read, or has changed so that the place is not in it. */
void snippet_add(struct pen *p, struct sources *so, const struct place *place, enum ink ink);

#endif
