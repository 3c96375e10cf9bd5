/* Spans that are made once for each item of a loop over data. */
#ifndef OTEL_TIDY_FLOW_LOOPED_H
#define OTEL_TIDY_FLOW_LOOPED_H

#include "flow/verdict.h"

/* Fills program->verdicts->looped, one entry a loop. The spans' own verdicts are there already. */
void looped_find(struct program *p);

/* True when nothing says that this very span is wanted, whatever the function is for: what
 * span_is_judged_by_work asks of the span itself. */
bool span_is_replaceable(const struct func *f, const struct span_site *s);

#endif
