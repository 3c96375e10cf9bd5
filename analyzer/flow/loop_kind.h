/* What a loop goes over. */
#ifndef OTEL_TIDY_FLOW_LOOP_KIND_H
#define OTEL_TIDY_FLOW_LOOP_KIND_H

#include "flow/loops.h"

enum loop_kind loop_kind_of(const struct func *f, const struct loop *loop);

#endif
