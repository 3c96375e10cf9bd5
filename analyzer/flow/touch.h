/* Which functions can get at a field: those that mention it, and all that call them. */
#ifndef OTEL_TIDY_FLOW_TOUCH_H
#define OTEL_TIDY_FLOW_TOUCH_H

#include "flow/program.h"

/* May a call of `f` read or write `field` ("record::field") of some record? A call through a
 * pointer may do anything. */
bool touches_field(struct program *p, const struct func *f, const char *field);

#endif
