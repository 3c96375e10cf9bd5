/* The shop's own few lines around the SDK. */
#ifndef TRACE_H
#define TRACE_H

#include <ctel/ctel.h>

ctel_span *trace_begin(const char *name);
void trace_finish(ctel_span *span, int rc);

#endif
