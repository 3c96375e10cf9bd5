/* `otel-tidy --version`: the program's version, and how old what it knows is. */
#ifndef OTEL_TIDY_CLI_VERSION_H
#define OTEL_TIDY_CLI_VERSION_H

#include "base/arena.h"

#include <stdbool.h>
#include <time.h>

/* Prints it; returns the exit code. */
int version_print(struct arena *a);
/* Is a day, "2026-07-10", more than a year before `now`? False for what is no day. */
bool version_is_old(const char *day, time_t now);

#endif
