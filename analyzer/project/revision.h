/* The sources as they were before a change: a revision of the git repository around them, written
 * into a directory of its own. Neither the work tree nor the repository is touched. */
#ifndef OTEL_TIDY_PROJECT_REVISION_H
#define OTEL_TIDY_PROJECT_REVISION_H

#include "project/database.h"

struct revision {
	const char *top;       /* of the work tree, absolute */
	const char *tree;      /* where the old sources are */
	const char *commit;    /* its full hash */
	bool is_merge_base;    /* of what was asked for and HEAD */
	const char *temporary; /* to be removed in the end, or "" */
};

/* Finds the point where HEAD left `base` (where history is too short for that: `base` itself) and
 * writes its files below `cache_dir`, where the next run finds them; "" for a temporary directory.
 * False: `error` says why, and what to do. */
bool revision_open(struct arena *a, const char *dir, const char *base, const char *cache_dir,
	struct revision *out, const char **error);
/* The repository around `dir` and its commit ("" before the first); false: there is none. */
bool revision_head(
	struct arena *a, const char *dir, const char **top, const char **commit, bool *is_shallow);
void revision_close(const struct revision *r);

/* The same unit over the old sources: every path that exists there is led there. False: the file
 * did not exist yet. */
bool revision_unit(struct arena *a, const struct revision *r, const struct compile_unit *unit,
	struct compile_unit *out);

#endif
