/* What the formats share: writing out, counting, the list of rules. */
#ifndef OTEL_TIDY_REPORT_OUTPUT_H
#define OTEL_TIDY_REPORT_OUTPUT_H

#include "base/str.h"
#include "report/report.h"

/* Writes and flushes; false with errno set when a byte did not arrive. */
bool output_write(FILE *out, const struct strbuf *b);

struct output_counts {
	size_t shown, errors, warnings, notes; /* not suppressed */
	size_t suppressed;
};
struct output_counts output_count(const struct findings *f);

/* The report's rules and those about suppressions, sorted by name, each once. */
const struct report_rule *output_rules(const struct report *r, struct arena *a, size_t *nr);
/* Where a rule's page is on the web. */
const char *output_rule_uri(struct arena *a, const struct report_rule *rule);

#define OUTPUT_URI "https://github.com/otel-tidy/otel-tidy"

#endif
