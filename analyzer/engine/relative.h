/* Facts without a trace of where the checkout is. */
#ifndef OTEL_TIDY_ENGINE_RELATIVE_H
#define OTEL_TIDY_ENGINE_RELATIVE_H

#include "ir/ir.h"

#include "base/arena.h"

/* Takes the root out of every text of the unit: paths, links of static functions, names of types
 * without a name, __FILE__. */
void relative_unit(struct arena *a, const char *root, struct ir_unit *unit);
/* The same for one text: "-I/home/me/project/include" becomes "-I\1/include", so that it differs
 * from a relative path that was written so. */
const char *relative_word(struct arena *a, const char *root, const char *word);

#endif
