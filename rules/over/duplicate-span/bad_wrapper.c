// The C wrapper's macros, one pair too many.
#include <opentelemetry-c-wrapper/include.h>

#include <unistd.h>

static struct otelc_tracer *tracer;

int flush_all(int fd)
{
	struct otelc_span *span = OTELC_OPS(tracer, start_span, "flush");
	struct otelc_span *child = OTELC_OPS(tracer, start_span, "fsync"); // expect: duplicate-span "covers exactly"
	int rc = fsync(fd);

	OTELC_OPSR(child, end);
	OTELC_OPSR(span, end);
	return rc;
}
