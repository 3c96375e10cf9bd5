/* Which units a command is about: from the database and the paths given, or from flags after "--".
 */
#ifndef OTEL_TIDY_CLI_UNITS_H
#define OTEL_TIDY_CLI_UNITS_H

#include "cli/options.h"
#include "project/database.h"

/* Fills `db` with the units asked for, sorted by file. `configured`: the database directory from
 * otel-tidy.json, or "". 0, or the exit code after an error that was printed. */
int units_find(struct options *o, const char *configured, struct database *db);

#endif
