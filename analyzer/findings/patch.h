/* What would mend a finding, as edits of the source. Rules say what is to be done where; looking at
 * the source turns that into edits, or finds that the source is not what it was taken for. */
#ifndef OTEL_TIDY_FINDINGS_PATCH_H
#define OTEL_TIDY_FINDINGS_PATCH_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct findings;

enum plan_kind {
	PLAN_REPLACE, /* the text `old`, which begins at the place, becomes `text` */
	PLAN_REMOVE,  /* the statement that begins at the place goes, and its line when it was alone
		       */
	PLAN_START,   /* the call there, whose name ends in `old`, takes attributes as its second
			 argument; those of */
	PLAN_MOVE,    /* the call there, as a statement: a key and a value; it goes */
};

struct plan {
	enum plan_kind kind;
	const char *file; /* as in struct place */
	uint32_t line, col;
	const char *old, *text;
};

/* From a place up to another one, exclusively; columns are bytes from 1. */
struct edit {
	const char *file;
	uint32_t line, col, end_line, end_col;
	size_t from, to; /* the same in bytes from the start of the file */
	const char *text;
};

struct patch {
	bool is_safe;      /* the program does what it did, under better names */
	const char *title; /* "rename it to http.request.method" */
	uint32_t nr_plans, nr_edits;
	const struct plan *plans;
	const struct edit *edits; /* filled by patches_resolve; by place, never overlapping */
};

/* Looks at the source and fills the edits of every finding's patch; drops patches that do not fit
 * what is there, and those of files outside of the root. */
void patches_resolve(struct findings *f, const char *root, struct arena *a);

#endif
