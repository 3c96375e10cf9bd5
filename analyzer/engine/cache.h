/* The cache of facts: content-addressed files that any number of processes may share. */
#ifndef OTEL_TIDY_ENGINE_CACHE_H
#define OTEL_TIDY_ENGINE_CACHE_H

#include "project/database.h"

struct ir_unit;

/* Facts of this unit, collected earlier from the same bytes: every file that the unit read has the
 * contents it had. NULL: none, or no longer true. */
const char *cache_find(struct arena *a, const char *dir, const char *root,
	const struct compile_unit *cu, size_t *nr_bytes);
/* Failing to write is no error: the next run collects again. */
void cache_store(const char *dir, const char *root, const struct compile_unit *cu,
	const char *bytes, size_t nr_bytes);
/* Gives system files a fingerprint (size and time) in place of a hash of their contents. */
void cache_stamp_files(struct arena *a, const char *root, struct ir_unit *unit);

/* $OTEL_TIDY_CACHE_DIR, else otel-tidy/ in $XDG_CACHE_HOME or ~/.cache; "" when there is no home.
 */
const char *cache_default_dir(struct arena *a);

#endif
