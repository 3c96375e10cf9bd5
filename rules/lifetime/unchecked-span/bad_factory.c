// The factory hands on what the start gave it, NULL included.
#include <opentelemetry-c-wrapper/include.h>
#include <unistd.h>

static struct otelc_span *start_named(struct otelc_tracer *tracer, const char *name)
{
	struct otelc_span *span = tracer->ops->start_span(tracer, name);

	return span;
}

int rotate(struct otelc_tracer *tracer, int fd)
{
	struct otelc_span *span = start_named(tracer, "rotate"); // expect: unchecked-span
	int rc = fsync(fd);

	span->ops->end(&span);
	return rc;
}
