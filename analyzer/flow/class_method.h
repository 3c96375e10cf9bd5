/* What a method of a class that stands for a span does to it: part of flow/summary. */
#ifndef OTEL_TIDY_FLOW_CLASS_METHOD_H
#define OTEL_TIDY_FLOW_CLASS_METHOD_H

#include "flow/walk.h"

/* The ways out that count, of a walk with the object as its subject. A way that does nothing, and
 * is only taken when the object has no span or has ended it (`if (!span_) return;`), does not. */
struct walk class_method_ways(struct program *p, const struct func *f, const struct walk *w);

#endif
