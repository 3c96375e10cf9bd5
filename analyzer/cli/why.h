/* What `otel-tidy why` shows, section by section. */
#ifndef OTEL_TIDY_CLI_WHY_H
#define OTEL_TIDY_CLI_WHY_H

#include "base/str.h"
#include "cli/setup.h"

struct why {
	struct setup *setup;
	struct program *program;
	struct arena *arena;
	struct strbuf *out;
	struct func *func; /* the function asked about */
	uint32_t line;     /* of func's file */
};

/* "checkout.c:25" */
const char *why_place(const struct why *w, const struct ir_loc *loc);

/* Each call on the line: what model or function answers for it, and what became of the span. */
void why_calls(const struct why *w);
/* One span and its exits. */
void why_span(const struct why *w, const struct span_site *s);
/* Cost, shape, error convention, critical path of the function. */
void why_function(const struct why *w);

#endif
