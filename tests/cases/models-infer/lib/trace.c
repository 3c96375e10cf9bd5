#include "trace.h"

#include <stddef.h>

static ctel_tracer *tracer;

ctel_span *trace_begin(const char *name)
{
	return ctel_span_start(tracer, name, NULL);
}

ctel_span *trace_begin_for(const struct customer *customer, const char *name)
{
	ctel_span *span = trace_begin(name);
	ctel_set(span, "tenant.id", customer->tenant);
	ctel_set(span, "user.hash", customer->hash);
	return span;
}

void trace_tag(ctel_span *span, const char *key, const char *value)
{
	ctel_set(span, key, value);
}

void trace_finish(ctel_span **span, int rc)
{
	if (rc < 0)
		ctel_span_error(*span, "failed", NULL);
	ctel_span_end(*span);
	*span = NULL;
}

void trace_start_job(struct job *job)
{
	job->span = trace_begin("job");
}
