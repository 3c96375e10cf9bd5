#include "trace.h"

#include <stddef.h>

static ctel_tracer *tracer;

ctel_span *trace_begin(const char *name)
{
	if (!tracer)
		tracer = ctel_tracer_get("shop", "1.0.0");
	return ctel_span_start(tracer, name, NULL);
}

void trace_finish(ctel_span *span, int rc)
{
	if (rc < 0)
		ctel_span_error(span, "failed", "see the log");
	ctel_span_end(span);
}
