/* From the command line to a program: configuration, database, facts of every unit. */
#ifndef OTEL_TIDY_CLI_GATHER_H
#define OTEL_TIDY_CLI_GATHER_H

#include "cli/setup.h"
#include "project/database.h"
#include "project/revision.h"

/* Initialises `s` and adds every unit that the options choose. 0, or the exit code after an
 * error. */
int gather(struct setup *s, struct options *o);
/* The first part of it: configuration, root, the units that the options choose. */
int gather_find(struct setup *s, struct options *o, struct database *db);
/* The command that shows one unit again. */
const char *gather_again(struct options *o, const char *file, const char *database);
/* The same; `db` is what it was gathered from. */
int gather_from(struct setup *s, struct options *o, struct database *db);
/* The same for the program before a change and after it. `r` is to be closed when the sources are
 * needed no more, unless this fails. */
int gather_both(struct setup *before, struct setup *after, struct options *o, const char *base,
	struct revision *r);

#endif
