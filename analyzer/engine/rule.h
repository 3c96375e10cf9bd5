/* A rule: a pure function from the program's facts to findings.
 *
 * A rule is one folder rules/<group>/<name>/ with check.c, which defines
 * `void rule_<name_with_underscores>(struct rule_run *run)`, and README.md, which carries its
 * metadata and is its page. Nothing else has to be told about it. */
#ifndef OTEL_TIDY_ENGINE_RULE_H
#define OTEL_TIDY_ENGINE_RULE_H

#include "findings/finding.h"
#include "ir/ir.h"

struct program;
struct rule_run;

struct rule {
	const char *name;    /* "span-leak" */
	const char *group;   /* "lifetime": its folder */
	const char *tier;    /* "recommended", "strict", "preview" */
	const char *since;   /* "0.1": the version it came with */
	const char *summary; /* first sentence of its page */
	const char *page;    /* markdown */
	enum severity severity;
	void (*check)(struct rule_run *run);
};

/* What a rule gets, and where its findings go. */
struct rule_run {
	const struct rule *rule;
	struct program *program;
	struct findings *findings;
	struct arena *arena;   /* the run's */
	struct arena *scratch; /* emptied after each rule */
};

/* Every rule, sorted by name. Metadata is read from the pages on the first call. */
const struct rule *rules_all(size_t *nr);
const struct rule *rules_find(const char *name);

#endif
