/* A finding: what a rule says about a place, with the path that proves it.
 *
 * Strings and arrays live in the run arena. Places carry paths relative to the project's root. */
#ifndef OTEL_TIDY_FINDINGS_FINDING_H
#define OTEL_TIDY_FINDINGS_FINDING_H

#include "base/arena.h"
#include "base/vec.h"

#include <stdbool.h>
#include <stdint.h>

struct patch;

enum severity { SEVERITY_NOTE, SEVERITY_WARNING, SEVERITY_ERROR };

struct place {
	const char *file;   /* relative to the root, '/' separators; absolute when outside of it */
	uint32_t line, col; /* from 1 */
	uint32_t end_col;   /* one past the end on that line, or 0 */
};

/* One station on the way to the defect, in order: "span started here", "takes the error branch",
 * "leaves without ending it". */
struct step {
	struct place place;
	const char *text;
};

struct finding {
	const char *rule; /* "span-leak" */
	enum severity severity;
	struct place place;
	const char *function; /* qualified name of the function, or "" */
	const char *message;  /* what, one sentence without a full stop */
	const char *why;      /* one line about the trace that results, or "" */
	const char *fix;      /* the next step in words, or "" */
	struct patch *patch;  /* findings/patch.h: the same as edits; NULL: none */
	uint32_t nr_steps;
	const struct step *steps;
	/* what makes two findings of one rule in one function the same after edits around them: the
	 * span's name, the attribute's key; never a line number */
	const char *subject;
	char fingerprint[33]; /* filled by findings_finish */
	bool is_suppressed;
	bool is_accepted;          /* suppressed by the baseline, not by a comment */
	const char *justification; /* of the suppression */
};

struct findings {
	struct arena *arena;
	VEC(struct finding) all;
};

void findings_init(struct findings *f, struct arena *a);
void findings_add(struct findings *f, struct finding finding);
/* Sorts by file, line, column, rule, message; drops exact duplicates (a header seen by several
 * units); fills fingerprints, which hash rule, function, subject, and a running number among
 * equals: neither lines nor files, so that they survive code that moves and files that are renamed.
 */
void findings_finish(struct findings *f);
/* What stays of a finding under innocent edits, as a key: rule, function, subject. */
const char *finding_key(struct arena *a, const struct finding *f);
const char *severity_name(enum severity s);

#endif
