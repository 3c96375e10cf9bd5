/* The question behind the over/ rules: may this span be judged by the function it is in? */
#ifndef OTEL_TIDY_FLOW_VERDICT_H
#define OTEL_TIDY_FLOW_VERDICT_H

#include "flow/spans.h"

/* True when the span covers the function's own work and nothing says it is wanted: it is INTERNAL,
 * begins and ends here, is not on a critical path, not marked OTEL_NOT_TRIVIAL, and the function is
 * not plumbing of the telemetry itself (propagation, providers). */
bool span_is_judged_by_work(const struct func *f, const struct span_site *s);

#endif
