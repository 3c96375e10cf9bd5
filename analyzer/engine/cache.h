/* The cache of facts: content-addressed files that any number of processes, checkouts and machines
 * may share. */
#ifndef OTEL_TIDY_ENGINE_CACHE_H
#define OTEL_TIDY_ENGINE_CACHE_H

#include "base/map.h"
#include "project/database.h"

struct ir_unit;

/* What one process knows of the cache and of the files below a root: each is read once. */
struct cache {
	struct arena *arena;
	const char *dir;     /* "" for none */
	const char *root;    /* facts carry paths relative to it */
	const char *library; /* version of libclang, part of every key */
	struct map hashes;   /* absolute path → hash of its contents */
	struct map exists;   /* absolute path → "y" or "n" */
};

void cache_open(struct cache *c, struct arena *a, const char *dir, const char *root);
/* Facts of this unit, collected earlier from the same bytes: every file that the unit read has the
 * contents it had, and none that was not there would be read in its place. NULL: none. */
const char *cache_find(
	struct cache *c, struct arena *a, const struct compile_unit *cu, size_t *nr_bytes);
/* Failing to write is no error: the next run collects again. */
void cache_store(struct cache *c, const struct compile_unit *cu, const struct ir_unit *unit,
	const char *bytes, size_t nr_bytes);
/* Gives each file of the unit that has none the hash of its contents. Those of the project have
 * one: of the bytes that were parsed. */
void cache_hash_files(struct cache *c, struct ir_unit *unit);

/* Removes what was not used for longest, until at most `limit` bytes are left. */
void cache_shrink(const char *dir, unsigned long long limit);

/* $OTEL_TIDY_CACHE_DIR, else otel-tidy/ in $XDG_CACHE_HOME or ~/.cache; "" when there is no home.
 */
const char *cache_default_dir(struct arena *a);
/* The hash of a file's contents, or "gone". */
const char *cache_hash_file(struct arena *a, const char *path);

#endif
