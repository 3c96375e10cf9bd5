/* The registry of attributes: the semantic conventions as rules/semconv/attributes.json has them,
 * and over them what the project says of its own. */
#ifndef OTEL_TIDY_MODEL_SEMCONV_H
#define OTEL_TIDY_MODEL_SEMCONV_H

#include "base/map.h"
#include "base/vec.h"
#include "model/model.h"

enum attribute_type {
	TYPE_UNKNOWN, /* nobody says; also "any" */
	TYPE_STRING,
	TYPE_INT,
	TYPE_DOUBLE,
	TYPE_BOOLEAN,
	TYPE_STRINGS, /* and so on: arrays */
	TYPE_INTS,
	TYPE_DOUBLES,
	TYPE_BOOLEANS,
};

struct attribute_def {
	const char *name;
	enum attribute_type type;
	bool is_template; /* a prefix: http.request.header stands for http.request.header.accept */
	bool is_resource; /* says something of the process, not of an operation */
	bool is_own;      /* the project's, from otel-tidy.json */
	bool is_deprecated;
	const char *stability;     /* "stable", "development", … or "" */
	const char *renamed_to;    /* deprecated: exactly one other attribute; else "" */
	const char *note;          /* deprecated: what to do about it; else "" */
	const char *removed_after; /* deprecated: the last version that had it; else "" */
	const char **members;      /* known values; numbers as text */
	size_t nr_members;
};

struct registry {
	struct arena *arena;
	const char *version;   /* "1.43.0" */
	const char *published; /* "2026-07-10" */
	VEC(struct attribute_def *) all;
	struct map by_name;    /* to the definition */
	struct map by_letters; /* what is left without case and delimiters → VEC of definitions */
	struct map namespaces; /* first segments of what is not deprecated */
};

/* The registry that ships with the tool. */
bool registry_init(struct registry *r, struct arena *a, struct model_error *error);
/* Adds the project's own, which replace what has the same name. `text` is the JSON of a list of
 * entries as in attributes.json, or what `weaver registry resolve` writes. */
bool registry_add(
	struct registry *r, const char *file, const char *text, struct model_error *error);

/* By name, or by the template it is an instance of; NULL: not in it. */
const struct attribute_def *registry_find(const struct registry *r, const char *key);
/* The last one of a chain of renames that begins at `def`; NULL when it ends at nothing. */
const struct attribute_def *registry_replacement(
	const struct registry *r, const struct attribute_def *def);

enum near_kind {
	NEAR_NONE,
	NEAR_CASE,      /* userId for user.id: the same letters */
	NEAR_DELIMITER, /* user_id for user.id: the same letters and case */
	NEAR_EDIT,      /* http.route.: a letter too many, too few, another, or two exchanged */
};
/* The attribute that `key`, which is none, was meant to be. NEAR_EDIT needs the same namespace and
 * a name that is long enough to leave no doubt; two candidates are none. */
const struct attribute_def *registry_near(
	const struct registry *r, const char *key, enum near_kind *kind);
/* Does a convention of others use this first segment? NULL: no; else an attribute in it. */
const struct attribute_def *registry_namespace(const struct registry *r, const char *key);

/* Is the value one of the members, or TYPE_UNKNOWN's anything? */
bool attribute_has_member(const struct attribute_def *def, const char *value);
/* The member that `value`, which is none, was meant to be: another case or delimiter, or one edit
 * away from exactly one. NULL: a value of its own, which is fine. */
const char *attribute_near_member(const struct attribute_def *def, const char *value);

const char *attribute_type_name(enum attribute_type type); /* "string[]"; "unknown" */
/* A word of that vocabulary; false when it is none. */
bool attribute_type_parse(const char *word, enum attribute_type *type, bool *is_template);
/* One insertion, deletion, replacement or exchange of neighbours apart. */
bool is_one_edit(const char *a, const char *b);

#endif
