/* JSON, written as it comes: two blanks of indentation, members in the order of the calls. */
#ifndef OTEL_TIDY_REPORT_JSONOUT_H
#define OTEL_TIDY_REPORT_JSONOUT_H

#include "base/str.h"

#include <stdint.h>

#define JSONOUT_DEPTH 32

struct jsonout {
	struct strbuf *out;
	unsigned depth;
	bool has_members[JSONOUT_DEPTH]; /* by depth: something was written already */
};

void jsonout_init(struct jsonout *j, struct strbuf *out);

/* `key` is NULL for elements of an array and for the outermost value. */
void jsonout_object(struct jsonout *j, const char *key);
void jsonout_object_end(struct jsonout *j);
void jsonout_array(struct jsonout *j, const char *key);
void jsonout_array_end(struct jsonout *j);
/* NULL counts as "". Bytes that are not UTF-8 become U+FFFD. */
void jsonout_string(struct jsonout *j, const char *key, const char *value);
void jsonout_string_n(struct jsonout *j, const char *key, const char *value, size_t n);
void jsonout_int(struct jsonout *j, const char *key, int64_t value);
void jsonout_bool(struct jsonout *j, const char *key, bool value);

/* A string literal with its quotes, for writers of single values. */
void jsonout_quote(struct strbuf *out, const char *s, size_t n);

#endif
