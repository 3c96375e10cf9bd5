/* The one room that knows libclang: a compile unit in, an ir_unit out. The library is opened with
 * dlopen when the first parse needs it. */
#ifndef OTEL_TIDY_FRONTEND_FRONTEND_H
#define OTEL_TIDY_FRONTEND_FRONTEND_H

#include "base/arena.h"
#include "ir/ir.h"
#include "project/database.h"

#include <stdbool.h>

struct frontend;

/* NULL with `error` set when no libclang ≥ 18 can be loaded; the text says what was tried and what
 * to install. $OTEL_TIDY_LIBCLANG names a file to load instead. */
struct frontend *frontend_open(struct arena *a, const char **error);
void frontend_close(struct frontend *f);
/* "Debian clang version 19.1.7 (3~deb12u1)" and the file it was loaded from. */
const char *frontend_version(const struct frontend *f);
const char *frontend_library(const struct frontend *f);
int frontend_major(const struct frontend *f);

/* A text that changes whenever another library may be found; opens none. */
const char *frontend_state(struct arena *a);

/* Parses and lowers one unit. Everything in `out` lives in `unit`; `scratch` is used and left as
 * it is. Never fails: a unit that cannot be parsed has a fatal problem and no functions. Function
 * bodies in system headers are not lowered. */
void frontend_lower(struct frontend *f, const struct compile_unit *cu, struct arena *unit,
	struct arena *scratch, struct ir_unit *out);

#endif
