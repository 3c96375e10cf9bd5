/* Lines of source files for reports, each file read once. A file that is gone or unreadable has no
 * lines; that is never an error. */
#ifndef OTEL_TIDY_REPORT_SOURCE_H
#define OTEL_TIDY_REPORT_SOURCE_H

#include "base/map.h"

#include <stddef.h>
#include <stdint.h>

struct sources {
	struct arena *arena;
	const char *root;
	struct map files;
};

struct source_line {
	const char *s; /* NULL: there is none */
	size_t n;      /* without the end of line */
};

void sources_init(struct sources *so, struct arena *a, const char *root);
/* Line `number`, from 1, of a file relative to the root or absolute. */
struct source_line source_line(struct sources *so, const char *file, uint32_t number);
/* The same without blanks at both ends. */
struct source_line source_line_trimmed(struct sources *so, const char *file, uint32_t number);
/* The whole text, NUL-terminated, or NULL. */
const char *source_all(struct sources *so, const char *file, size_t *size);

#endif
