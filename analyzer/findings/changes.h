/* Edits of one file as the lines they change: for diffs, and for writing the file anew. */
#ifndef OTEL_TIDY_FINDINGS_CHANGES_H
#define OTEL_TIDY_FINDINGS_CHANGES_H

#include "base/str.h"
#include "findings/patch.h"

/* Lines that change together: `nr_old` lines from `line` on become `text`. */
struct change {
	uint32_t line, nr_old, nr_new;
	const char *old, *text; /* whole lines; the last one may lack its end */
	size_t old_n, text_n;
};

/* The whole text after the edits, which are sorted and do not overlap. */
const char *changes_apply(struct arena *a, const char *s, size_t n, const struct edit *const *edits,
	size_t nr_edits, size_t *size);
/* One change for each run of lines that edits touch; the array is in the arena. */
struct change *changes_of(struct arena *a, const char *s, size_t n, const struct edit *const *edits,
	size_t nr_edits, size_t *nr);
/* A unified diff with three lines of context, as patch(1) and git apply read it. */
void changes_diff(struct strbuf *out, struct arena *a, const char *file, const char *s, size_t n,
	const struct edit *const *edits, size_t nr_edits);

#endif
