/* Shapes of functions that need no span of their own. */
#ifndef OTEL_TIDY_FLOW_SHAPE_H
#define OTEL_TIDY_FLOW_SHAPE_H

#include "flow/program.h"

enum shape {
	SHAPE_OTHER,
	SHAPE_GETTER,
	SHAPE_SETTER,
	SHAPE_PREDICATE,
	SHAPE_OPERATOR,
	SHAPE_CONSTRUCTOR,
	SHAPE_SMALL, /* short, all of it known, nothing waits */
};

/* Telemetry is looked through: what would be left if the span were taken away? */
enum shape shape_of(struct program *p, struct func *f);
const char *shape_name(enum shape s); /* "a getter" */

/* Does the function deserve a span by what it does? True when it is critical, or reaches I/O or
 * something that may wait. */
bool shape_deserves_span(const struct func *f);

#endif
