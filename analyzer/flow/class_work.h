/* Does a class do nothing but tracing? Part of flow/classes. */
#ifndef OTEL_TIDY_FLOW_CLASS_WORK_H
#define OTEL_TIDY_FLOW_CLASS_WORK_H

#include "flow/classes.h"

/* Its member is given a span, most of its methods are about that span, and none does anything that
 * may take long: a request or a connection that keeps a span is not a span. */
bool class_is_tracing(struct program *p, const struct span_class *c);

#endif
