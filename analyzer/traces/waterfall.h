/* A trace on a terminal: a bar for each span on the axis of time. */
#ifndef OTEL_TIDY_TRACES_WATERFALL_H
#define OTEL_TIDY_TRACES_WATERFALL_H

#include "report/pen.h"
#include "traces/trace.h"

#define WATERFALL_WIDTH_MIN 40
#define WATERFALL_ROWS      400 /* further ones are counted */

void waterfall(struct pen *p, const struct trace *t);

#endif
