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

/* Where a CI service finds the file: relative to the repository, or absolute when outside of it. */
const char *output_repository_path(const struct report *r, struct arena *a, const char *file);
/* A path as it stands in a URI. */
const char *output_percent_encoded(struct arena *a, const char *path);
/* Findings that are not suppressed, the most severe first, else in their order. */
const struct finding *const *output_by_severity(
	const struct report *r, struct arena *a, size_t *nr);
/* "this change adds spans to 23 functions; 2 deserve one"; NULL when it adds none. */
const char *output_gate(const struct report *r, struct arena *a);
/* Text for XML: marked up characters become references, what XML 1.0 cannot hold U+FFFD. */
void output_xml(struct strbuf *b, const char *s);
/* ` name="value"` */
void output_xml_attribute(struct strbuf *b, const char *name, const char *value);

#define OUTPUT_URI "https://github.com/otel-tidy/otel-tidy"

#endif
