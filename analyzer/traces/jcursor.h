/* A cursor over one JSON text: reads what is wanted, skips the rest, builds nothing.
 *
 * Files of traces are large and mostly skipped, and their numbers do not fit a double; so they are
 * not read through base/json.h. The grammar is RFC 8259. The first error stays; after it every
 * call fails. */
#ifndef OTEL_TIDY_TRACES_JCURSOR_H
#define OTEL_TIDY_TRACES_JCURSOR_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

#define JC_DEPTH 64

struct slice {
	const char *at;
	size_t nr;
};

struct jcursor {
	const char *start, *p, *end; /* *end is NUL */
	unsigned depth;
	const char *error; /* static text; what was expected at p */
};

void jc_init(struct jcursor *c, const char *text, size_t n);
bool jc_fail(struct jcursor *c, const char *error);
/* The first character of the next value; NUL at the end. */
char jc_peek(struct jcursor *c);
/* For loops: `*is_first` is true before the first round, which opens the container. False behind
 * the container, or after an error. The key is as it was written, escapes and all. */
bool jc_member(struct jcursor *c, bool *is_first, struct slice *key);
bool jc_element(struct jcursor *c, bool *is_first);
bool jc_key_is(struct slice key, const char *name);

bool jc_skip(struct jcursor *c);
/* Consumes a null. */
bool jc_null(struct jcursor *c);
bool jc_bool(struct jcursor *c, bool *value);
/* The text between the quotes, undecoded. */
bool jc_raw_string(struct jcursor *c, struct slice *raw);
/* Decoded, in the arena. NUL and halves of surrogate pairs become U+FFFD. NULL after an error. */
const char *jc_string(struct jcursor *c, struct arena *a);
/* A number as it was written. */
bool jc_number(struct jcursor *c, struct slice *raw);
/* Nothing but blanks may follow. */
bool jc_end(struct jcursor *c);

#endif
