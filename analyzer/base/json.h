/* JSON: cJSON behind getters that know where a value stands, so that errors can name the line. */
#ifndef OTEL_TIDY_BASE_JSON_H
#define OTEL_TIDY_BASE_JSON_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

struct json; /* a document or a value inside one; lives in its arena */

enum json_type { JSON_NULL, JSON_BOOL, JSON_NUMBER, JSON_STRING, JSON_ARRAY, JSON_OBJECT };

/* Parses text (NUL-terminated). NULL: `line` is where it broke and `error` what was wrong, one
 * sentence. Depth is bounded; duplicate keys are an error. */
const struct json *json_parse(
	struct arena *a, const char *text, unsigned *line, const char **error);

enum json_type json_type(const struct json *j);
unsigned json_line(const struct json *j); /* line of the value in the text, from 1 */
/* The value as it was written; the text given to json_parse must still be there. */
const char *json_source(const struct json *j, struct arena *a);
const char *json_string(const struct json *j); /* NULL unless a string */
bool json_bool(const struct json *j, bool fallback);
double json_number(const struct json *j, double fallback);

size_t json_size(const struct json *j); /* elements or members; 0 for anything else */
const struct json *json_at(const struct json *array_or_object, size_t i);
const char *json_key(const struct json *object, size_t i);
const struct json *json_get(const struct json *object, const char *key); /* NULL: not there */

#endif
