/* The compile database: which translation units there are and how each is compiled. */
#ifndef OTEL_TIDY_PROJECT_DATABASE_H
#define OTEL_TIDY_PROJECT_DATABASE_H

#include "base/arena.h"
#include "base/vec.h"

#include <stdbool.h>

/* One unit, ready for the frontend: `args` are clang's arguments, sanitised, without compiler,
 * input and output; `file` and `directory` are absolute and normalised. */
struct compile_unit {
	const char *file;
	const char *directory;
	const char **args;
	size_t nr_args;
	bool is_cxx;
};

struct database {
	const char *path; /* of compile_commands.json; "" for units given behind `--` */
	VEC(struct compile_unit) units; /* in the order of the file, duplicates dropped */
	VEC(const char *) notes;        /* what was passed over, one line each */
};

/* Looks for compile_commands.json in `dir` (when the user named one: only there; it may also name
 * the file itself), else from the working directory upward, in each directory also in build*, out*
 * and cmake-build-* (one level, sorted; the newest wins). NULL with `error` set when there is none
 * or several equally likely ones. */
const char *database_find(struct arena *a, const char *dir, bool is_named, const char **error);

/* Reads and sanitises. False: `error` names file, line where known, and the next step. */
bool database_read(struct arena *a, const char *path, struct database *db, const char **error);

/* A single file with its flags, as given behind `--`. */
void database_single(struct arena *a, const char *file, const char *const *flags, size_t nr_flags,
	struct database *db);

#endif
