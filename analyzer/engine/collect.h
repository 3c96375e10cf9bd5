/* Collecting: every unit of a database to facts, in worker processes, through the cache. */
#ifndef OTEL_TIDY_ENGINE_COLLECT_H
#define OTEL_TIDY_ENGINE_COLLECT_H

#include "base/str.h"
#include "project/database.h"

struct collect_options {
	const char *root;              /* facts carry paths relative to it */
	const char *cache_dir;         /* "" for none */
	unsigned long long cache_size; /* bytes it may have; 0: any number */
	unsigned jobs;                 /* worker processes, at least 1 */
	unsigned timeout;              /* seconds a unit may take */
	bool shows_progress;
};

/* What became of one unit. */
struct collected {
	const char *file;  /* relative to the root */
	const char *bytes; /* facts; NULL when there are none */
	size_t nr_bytes;
	const char *failed; /* "killed by signal 6 (Aborted)", or "" */
	bool is_cached;
};

/* Fills `out` (one per unit, same order). False with `error` when no unit could be tried at all:
 * no libclang, no process. */
bool collect_units(struct arena *a, const struct compile_unit *units, size_t nr,
	const struct collect_options *options, struct collected *out, const char **error);

/* One unit in this process, for `otel-tidy collect` and `debug`. False: no libclang. */
struct ir_unit;
bool collect_one(struct arena *a, const struct compile_unit *cu, const char *root,
	struct ir_unit *out, const char **error);

#endif
