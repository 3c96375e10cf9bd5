/* Strings: a growing buffer on an arena, comparison helpers, globs, and did-you-mean. */
#ifndef OTEL_TIDY_BASE_STR_H
#define OTEL_TIDY_BASE_STR_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

struct strbuf {
	struct arena *arena;
	char *s; /* always NUL-terminated once anything was added; see strbuf_str */
	size_t len;
	size_t cap;
};

void strbuf_init(struct strbuf *b, struct arena *a);
void strbuf_addn(struct strbuf *b, const char *s, size_t n);
void strbuf_add(struct strbuf *b, const char *s);
void strbuf_addc(struct strbuf *b, char c);
void strbuf_addf(struct strbuf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* The text so far; "" when nothing was added. Valid until the next addition. */
const char *strbuf_str(const struct strbuf *b);

bool str_eq(const char *a, const char *b); /* NULL equals only NULL */
bool str_has_prefix(const char *s, const char *prefix);
bool str_has_suffix(const char *s, const char *suffix);
/* Shell-like match of the whole text: `*` any run, `?` any one character. */
bool str_glob(const char *pattern, const char *text);

/* A copy with '?' for each control character: what is quoted in a message stays on its line. */
char *str_one_line(struct arena *a, const char *s);

/* The candidate nearest to `word` (Damerau-Levenshtein, case-insensitive), or NULL when none is
 * near enough to be what was meant. */
const char *str_nearest(const char *word, const char *const *candidates, size_t nr);

#endif
