/* Conditions in words: what held on a path, as a reader of the source would say it. */
#ifndef OTEL_TIDY_ENGINE_SPELL_H
#define OTEL_TIDY_ENGINE_SPELL_H

#include "flow/values.h"

/* "file is NULL", "rc < 0", "left > 0"; NULL when it is too long or cannot be said. Never a bare
 * "true": the source may say `!file` where the path went on with `file`. In the program's arena. */
const char *spell_condition(struct program *p, struct func *f, ir_value condition, bool is_true);

#endif
