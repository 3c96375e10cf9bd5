/* Words of a command line: from a shell text, from response files. */
#ifndef OTEL_TIDY_PROJECT_WORDS_H
#define OTEL_TIDY_PROJECT_WORDS_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

/* Grows with vec_push. */
struct words {
	const char **at;
	size_t nr;
	size_t cap;
};

/* Stands between the commands of "cd build && cc -c a.c"; compare by address. */
extern const char words_break[];

/* Splits like a POSIX shell: quotes and backslashes, no expansion. False: a quote is not closed;
 * what was read until then is in `out` all the same. */
bool words_from_shell(struct arena *a, const char *text, struct words *out);

/* Replaces each @FILE by the words of FILE, nested ones too; relative names count from `directory`.
 * What cannot be read is dropped, with a line in `notes`. */
void words_expand(struct arena *a, const char *directory, const char *const *words, size_t nr,
	struct words *out, struct words *notes);

#endif
