#include <errno.h>
#include <otel-tidy/annotations.h>

#include "pool.h"

int use(struct job *job, const char *key)
{
	ctel_span *span = pool_begin(key);
	int rc = job->run(key);
	pool_done(span, rc);
	return rc;
}

/* The job's owner ends the span. */
void submit(struct job *job)
{
	job->span = ctel_span_start(tracer, "job", NULL);
}

OTEL_HANDLED_ERROR(ENOENT)
int cached(const char *key)
{
	// otel-tidy: allow(span-leak) reason: ended by the watchdog
	ctel_span *span = ctel_span_start(tracer, "cached", NULL);
	if (!key)
		return -ENOENT;
	ctel_span_end(span);
	return 0;
}

void retire(struct job *job)
{
	ctel_span_end(job->span);
}
