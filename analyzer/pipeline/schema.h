/* The keys that components of the Collector know: rules/collector/components.json. */
#ifndef OTEL_TIDY_PIPELINE_SCHEMA_H
#define OTEL_TIDY_PIPELINE_SCHEMA_H

#include "pipeline/system.h"

struct json;

/* The table, read anew into the arena. */
const struct json *schema_read(struct arena *a);
/* The version of the Collector that the table is of: "0.161.0". */
const char *schema_version(const struct json *table);
/* What is known of a component's settings: an object of keys; NULL: nothing. */
const struct json *schema_of(const struct json *table, const struct component *c);
/* Calls `see` for each key that the table does not know, with the keys that it knows there. */
void schema_check(struct arena *a, const struct json *keys, const struct yaml *config,
	void (*see)(void *ctx, const struct yaml *key, const char *const *known, size_t nr),
	void *ctx);
/* The values that a key of this component may have; 0: nothing is known of them. */
size_t schema_values(struct arena *a, const struct json *table, const struct component *c,
	const char *key, const char *const **out);

#endif
