/* Which tracing APIs the sources name, by a look at their words: for people, not for verdicts. */
#ifndef OTEL_TIDY_CLI_MENTIONS_H
#define OTEL_TIDY_CLI_MENTIONS_H

#include "model/model.h"
#include "project/database.h"

struct mention {
	const char *model;
	size_t nr_units; /* whose main file names one of its calls */
};

struct mentions {
	VEC(struct mention) all; /* by name of the model; those that are named at all */
	size_t nr_units;         /* that name any */
	size_t nr_missing;       /* main files that cannot be read */
	const char *missing;     /* the first of them */
};

void mentions_find(
	struct arena *a, const struct models *m, const struct database *db, struct mentions *out);

#endif
