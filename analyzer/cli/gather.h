/* From the command line to a program: configuration, database, facts of every unit. */
#ifndef OTEL_TIDY_CLI_GATHER_H
#define OTEL_TIDY_CLI_GATHER_H

#include "cli/setup.h"

/* Initialises `s` and adds every unit that the options choose. 0, or the exit code after an
 * error. */
int gather(struct setup *s, struct options *o);

#endif
