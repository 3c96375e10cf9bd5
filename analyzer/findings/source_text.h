/* The text of a source file, as far as edits need to understand it: tokens, brackets, statements.
 * Not a parser: what it is not sure of it refuses. */
#ifndef OTEL_TIDY_FINDINGS_SOURCE_TEXT_H
#define OTEL_TIDY_FINDINGS_SOURCE_TEXT_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define NO_OFFSET    SIZE_MAX
#define SOURCE_DEPTH 128 /* brackets within brackets */

/* How far statements were looked for: edits of one file come in its order. */
struct source_scan {
	size_t at, boundary; /* the last bracket or semicolon that ends another statement is before
				`boundary` */
	unsigned depth;
	bool is_broken; /* brackets do not match: nothing is known behind `at` */
	struct {
		char close;
		size_t boundary;
	} stack[SOURCE_DEPTH];
};

struct source_text {
	const char *s; /* NUL-terminated */
	size_t n;
	size_t *lines; /* where each line begins */
	size_t nr_lines;
	struct source_scan *scan;
};

/* `s` holds n bytes and a NUL behind them. */
void source_text_init(struct source_text *t, struct arena *a, const char *s, size_t n);
/* NO_OFFSET when there is no such place. */
size_t source_offset(const struct source_text *t, uint32_t line, uint32_t col);
void source_place(const struct source_text *t, size_t offset, uint32_t *line, uint32_t *col);

/* Behind the token, comment or run of blanks at `at`. */
size_t source_skip(const struct source_text *t, size_t at);
/* Past blanks and comments. */
size_t source_skip_blank(const struct source_text *t, size_t at);
/* The bracket that closes the one at `open`; NO_OFFSET: none. */
size_t source_close(const struct source_text *t, size_t open);
/* From `at` on and before the statement ends: the '(' of a call of `name`. */
size_t source_call(const struct source_text *t, size_t at, const char *name);

struct source_range {
	size_t from, to;
};

/* The arguments between the brackets, without blanks around them; at most `max`. */
size_t source_arguments(const struct source_text *t, size_t open, size_t close,
	struct source_range *out, size_t max);
/* The whole statement, with its semicolon, that holds `at`. False: it is part of another one (the
 * body of an `if` without braces), begins with a label, or cannot be told. */
bool source_statement(struct source_text *t, size_t at, struct source_range *out);
/* What goes when the range is deleted: its lines too, when nothing else is on them. */
struct source_range source_with_lines(const struct source_text *t, struct source_range r);

#endif
