/* Lines of a file, one at a time, in a buffer that grows to the longest line and no further. */
#ifndef OTEL_TIDY_TRACES_LINES_H
#define OTEL_TIDY_TRACES_LINES_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define LINE_MAX_BYTES ((size_t)64 << 20)

struct lines {
	struct arena arena;
	int fd;
	char *buffer;
	size_t cap, at, nr;
	uint64_t offset; /* of the line that was given, from the start of the file */
	uint64_t next;   /* of the one behind it */
};

enum line_result { LINE_GIVEN, LINE_END, LINE_TOO_LONG, LINE_UNREADABLE };

void lines_init(struct lines *l, int fd);
void lines_fini(struct lines *l);
/* Goes on at a place where a line begins. */
bool lines_seek(struct lines *l, uint64_t offset);
/* The next line, with NUL instead of its newline; valid until the next call. LINE_TOO_LONG: it was
 * skipped. LINE_UNREADABLE: errno says why. */
enum line_result lines_next(struct lines *l, char **text, size_t *n);

#endif
