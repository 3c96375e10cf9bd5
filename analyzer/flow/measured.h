/* What was measured: the spans of exported traces, by name, and the places of the program that
 * start them. Rules of the group evidence/ read it; without traces there is none and they are
 * silent. */
#ifndef OTEL_TIDY_FLOW_MEASURED_H
#define OTEL_TIDY_FLOW_MEASURED_H

#include "base/quantile.h"
#include "flow/program.h"

struct span_site;

/* What is asked of each span: has it one of these keys? One for each required key group of each
 * critical path. */
struct measured_question {
	const struct critical *critical;
	const struct key_group *group;
};

struct measured_name {
	const char *name;
	uint64_t nr, nr_errors, bytes;
	struct quantile durations;
	uint64_t *nr_lacking; /* by question: spans without an error that have none of the keys */
	bool is_started;      /* some place of the program starts it */
};

/* How the name of a place's spans is known. */
enum measured_match {
	MEASURED_EXACT,   /* one name, or one of a few */
	MEASURED_PREFIX,  /* what is built begins with a constant text */
	MEASURED_UNKNOWN, /* named at run time, or renamed */
};

struct measured_site {
	struct func *func;
	const struct span_site *site;
	enum measured_match match;
	const char *name; /* for people: the name, or the prefix with an asterisk */
	uint64_t nr, nr_errors, bytes, median, p99;
	const struct measured_name *one; /* EXACT with one name that was seen; else NULL */
	uint32_t nr_places;              /* that start spans of this name, itself included */
};

struct measured {
	struct arena *arena;
	VEC(struct measured_question) questions;
	struct map by_name;
	VEC(struct measured_name *) names; /* in order of appearance */
	uint64_t nr_spans, bytes, nr_traces;
	bool is_joined, has_match; /* some span is started by the program */
	VEC(struct measured_site) sites;
};

/* The questions of the program's critical paths. After program_link. */
void measured_init(struct measured *m, struct arena *a, const struct program *p);
/* The entry of the name, made when it is new; NULL when there are too many already. */
struct measured_name *measured_name_of(struct measured *m, const char *name);
/* Joins names and places, once. After spans_find and verdicts_find. */
const struct measured *measured_of(struct program *p);
/* The place of a span that the function itself starts, or NULL. */
const struct measured_site *measured_site_of(
	const struct measured *m, const struct func *f, const struct span_site *site);

/* Many and short: over 5 % of all spans with a median under 50 us. Fewer than a hundred spans in
 * all say nothing about shares. */
bool measured_is_flood(const struct measured *m, const struct measured_site *s);

#endif
