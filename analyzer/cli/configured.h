/* Configuration beside code: files of SDKs and Collectors, for `pipeline` and `check`. */
#ifndef OTEL_TIDY_CLI_CONFIGURED_H
#define OTEL_TIDY_CLI_CONFIGURED_H

#include "cli/setup.h"
#include "pipeline/system.h"

/* Reads the files into s->system. 0, or the exit code after an error. */
int configured_read(struct setup *s, struct options *o, const char *const *files, size_t nr_files);
/* What each pipeline that exports traces keeps, one line each. */
const char *kept_text(const struct system *s, struct arena *a);

#endif
