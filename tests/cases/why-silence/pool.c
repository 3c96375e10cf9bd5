#include "pool.h"

ctel_tracer *tracer;

ctel_span *pool_begin(const char *key)
{
	ctel_span *span = ctel_span_start(tracer, "use pool", NULL);
	ctel_set(span, "app.pool.key", key);
	return span;
}

void pool_done(ctel_span *span, int rc)
{
	if (rc < 0)
		ctel_span_error(span, "pool", "exhausted");
	ctel_span_end(span);
}
