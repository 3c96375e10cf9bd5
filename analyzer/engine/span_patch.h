/* Edits that take a span out of a function again. */
#ifndef OTEL_TIDY_ENGINE_SPAN_PATCH_H
#define OTEL_TIDY_ENGINE_SPAN_PATCH_H

#include "engine/tell.h"

#define SPAN_PLANS 16

/* Statements that start the span, end it, make it current and record on it. 0 when it is used for
 * anything else: then somebody has to think. */
uint32_t span_removal(const struct rule_run *run, struct func *f, const struct span_site *s,
	struct plan plans[SPAN_PLANS]);

#endif
