/* A run in which nothing changed: its reports are kept, and written out again. */
#ifndef OTEL_TIDY_CLI_WARM_H
#define OTEL_TIDY_CLI_WARM_H

#include "cli/setup.h"
#include "project/database.h"

/* What the reports said, in the order of the outputs. */
struct recording {
	struct arena *arena;
	const char *path; /* of the entry; "" when this run is not kept */
	VEC(struct strbuf) outputs;
};

/* True: the same run was kept and all it depended on is as it was; its reports were written, and
 * *code is the exit code. False: `r` is to be given to setup_report. */
bool warm_find(struct options *o, struct recording *r, int *code);
/* Keeps the run, when it saw everything and the cache is in use. */
void warm_keep(struct recording *r, const struct setup *s, struct options *o,
	const struct database *db, int code);

#endif
