/* YAML: libfyaml behind plain nodes that know where they stand, in bytes and lines of the file.
 *
 * Anchors, aliases and merge keys are resolved: an alias is the node that it names, shared. Size,
 * depth and the size after resolving are bounded, so that no input costs more than its length. */
#ifndef OTEL_TIDY_BASE_YAML_H
#define OTEL_TIDY_BASE_YAML_H

#include "base/arena.h"
#include "base/vec.h"

#include <stdbool.h>
#include <stdint.h>

enum yaml_kind { YAML_NULL, YAML_SCALAR, YAML_LIST, YAML_MAP };

struct yaml;

struct yaml_pair {
	const struct yaml *key, *value;
};

struct yaml {
	enum yaml_kind kind;
	bool is_plain;      /* a scalar without quotes */
	bool is_block;      /* a scalar that begins with | or > */
	bool is_open;       /* a scalar of which a part is not known: ${env:NAME} */
	const char *text;   /* of a scalar; else "" */
	const char *raw;    /* the same before variables were put in */
	const char *file;   /* as given to yaml_parse */
	uint32_t line, col; /* from 1; bytes */
	uint32_t end_col;   /* one past its end on that line, or 0 */
	size_t nr;          /* of a list or map */
	const struct yaml *const *items;
	const struct yaml_pair *pairs;
	size_t weight; /* nodes in it, shared ones counted each time */
};

/* What becomes of a scalar's text: variables. Sets *is_open when it cannot be known whole. */
struct yaml_scalars {
	const char *(*expand)(void *ctx, struct arena *a, const char *raw, bool *is_open);
	void *ctx;
};

struct yaml_error {
	uint32_t line, col;
	const char *text; /* one sentence without a full stop */
};

struct yaml_documents {
	VEC(const struct yaml *) all;
};

/* Where a text stands in its file: a block of a Markdown page or a scalar of another document. */
struct yaml_origin {
	const char *file;
	uint32_t line;   /* of the text's first line, from 1 */
	uint32_t indent; /* bytes before each of its lines */
};

#define YAML_BYTES ((size_t)8 << 20)

/* Parses every document of the text. False: `error` says why; what was read until then counts for
 * nothing. `scalars` may be NULL. */
bool yaml_parse(struct arena *a, const struct yaml_origin *origin, const char *text, size_t n,
	const struct yaml_scalars *scalars, struct yaml_documents *out, struct yaml_error *error);

/* The value of a key, or NULL when it is not there or `map` is no map (or NULL). */
const struct yaml *yaml_get(const struct yaml *map, const char *key);
const struct yaml_pair *yaml_pair(const struct yaml *map, const char *key);
/* A way of keys through maps: yaml_at(y, "service", "pipelines", NULL). */
const struct yaml *yaml_at(const struct yaml *map, ...) __attribute__((sentinel));
/* The text of a scalar that is wholly known, or NULL. */
const char *yaml_text(const struct yaml *y);
/* False and *out unchanged unless it is a number that is wholly known. */
bool yaml_number(const struct yaml *y, double *out);
/* true, yes, on; `fallback` for all that is neither they nor their opposite. */
bool yaml_bool(const struct yaml *y, bool fallback);
/* Seconds of a duration as Go writes them: "1m30s", "200ms"; false unless it is one. */
bool yaml_seconds(const struct yaml *y, double *out);
bool yaml_is_null(const struct yaml *y); /* NULL counts */
/* `over` laid over `base`: maps key by key, all else replaced. Either may be NULL. */
const struct yaml *yaml_merge(struct arena *a, const struct yaml *base, const struct yaml *over);

#endif
