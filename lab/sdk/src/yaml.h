/* SPDX-License-Identifier: Apache-2.0 */
/* Reading a configuration file: libfyaml behind a few questions. Every mistake is logged with file,
 * line, column and key, and counted. */
#ifndef CTEL_YAML_H
#define CTEL_YAML_H

#include "base.h"

struct yaml {
	void *document;
	const char *path;
	struct yaml_memory *memory; /* strings handed out: good until yaml_close */
	unsigned nr_errors;
	char last_error[512];
	int last_line;
};

/* A value and where it was said. */
struct yaml_node {
	struct yaml *yaml;
	void *node;       /* NULL: not there */
	const char *name; /* the key it stands under */
	int line, column; /* from 1 on; 0: not known */
};

bool yaml_open(struct yaml *y, const char *path, struct yaml_node *root);
void yaml_close(struct yaml *y);
void yaml_error(struct yaml_node at, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The value of a key; not there: an empty node with the mapping's place. */
struct yaml_node yaml_get(struct yaml_node map, const char *key);
/* An error when the key is not there; null is there. */
bool yaml_require(struct yaml_node map, const char *key);
/* Not there, or null, also by substitution. */
bool yaml_is_null(struct yaml_node n);
bool yaml_is_map(struct yaml_node n);
/* An error for each key that is not among these words, and when it is no mapping; null is fine. */
bool yaml_keys(struct yaml_node map, const char *words);
/* The same as warnings, where the schema allows others. */
void yaml_known(struct yaml_node map, const char *words);
/* The one key of a mapping like {batch: …}, or of a plain word; false, with an error, otherwise. */
bool yaml_choice(struct yaml_node n, const char **key, struct yaml_node *value);
size_t yaml_count(struct yaml_node list); /* with an error when it is neither list nor null */
struct yaml_node yaml_item(struct yaml_node list, size_t i);

/* Each false, without a change, when the value is null or not there, or wrong: an error then. */
bool yaml_string(struct yaml_node n, const char **out);
bool yaml_int(struct yaml_node n, int64_t min, int64_t max, int64_t *out);
bool yaml_double(struct yaml_node n, double min, double max, double *out);
bool yaml_bool(struct yaml_node n, bool *out);
void *yaml_alloc(struct yaml *y, size_t size); /* zeroed, good until yaml_close; or NULL */

#endif
