/* Files of the source tree that were compiled into the program: rule pages, models, profiles. */
#ifndef OTEL_TIDY_BASE_EMBEDDED_H
#define OTEL_TIDY_BASE_EMBEDDED_H

#include <stddef.h>

struct embedded_file {
	const char *path;  /* relative to the source tree: "rules/models/io.json" */
	const char *bytes; /* NUL-terminated */
	size_t size;       /* without the NUL */
};

/* Ends with a NULL path. */
extern const struct embedded_file embedded_files[];

#endif
