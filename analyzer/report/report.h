/* Reports: one file per format, all from the same report data; none of them judges. */
#ifndef OTEL_TIDY_REPORT_REPORT_H
#define OTEL_TIDY_REPORT_REPORT_H

#include "findings/finding.h"

#include <stdio.h>

struct evidence;

/* The Fine Line: what every run closes with. Counts of the whole program. */
struct fine_line {
	uint32_t spans;             /* places where a span is started */
	uint32_t on_critical;       /* of those: on an annotated critical path */
	uint32_t deserved;          /* of those: critical, or reaching I/O, waiting, other spans */
	uint32_t trivial;           /* of those: found by an over/ rule */
	uint32_t undecided;         /* of those: none of the two, for want of knowledge */
	uint32_t critical_paths;    /* annotated */
	uint32_t critical_covered;  /* of those: own a span on every path */
	uint32_t critical_complete; /* of those: and carry every required attribute */
	uint32_t units, units_failed; /* translation units analysed; of those: not or not wholly */
	uint32_t functions, functions_incomplete;
};

/* A unit that could not be analysed whole, and the command that shows it again. */
struct incomplete {
	const char *file;
	const char *text;    /* "'foo.h' file not found (app.c:3)" */
	const char *command; /* "otel-tidy collect -p build src/app.c", or "" */
	bool is_fatal;       /* nothing of it was judged */
};

struct report_rule {
	const char *name, *group, *tier, *summary; /* summary: first sentence of its page */
	const char *page;                          /* markdown */
	enum severity severity;
};

struct report {
	const char *version; /* of otel-tidy */
	const char *root;    /* absolute; paths in findings are relative to it */
	const struct findings *findings;
	const struct fine_line *line;
	const struct incomplete *incomplete;
	size_t nr_incomplete;
	const struct report_rule *rules; /* those that ran, sorted by name */
	size_t nr_rules;
	const char *database; /* "build/compile_commands.json", or "" */
	const char *base;     /* of a change: the commit it began with; NULL: no change is judged */
	const struct findings *mended;   /* what the change got rid of; NULL without a base */
	const struct evidence *evidence; /* report/evidence.h; NULL: no traces were given */
	bool is_quiet;   /* text: findings and incomplete units only, no closing block */
	bool color;      /* text */
	bool is_unicode; /* text: the terminal shows UTF-8; else ornaments are ASCII */
	unsigned width;  /* text: columns to stay within; 0 is 120 */
	int exit_code;
};

/* Each writes the whole report; false on a write error (errno is set). */
bool report_text(FILE *out, const struct report *r, struct arena *scratch);
bool report_json(FILE *out, const struct report *r, struct arena *scratch);
bool report_sarif(FILE *out, const struct report *r, struct arena *scratch);

#endif
