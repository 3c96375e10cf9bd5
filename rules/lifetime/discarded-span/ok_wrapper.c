// The value of a statement expression is the handle.
#include <opentelemetry-c-wrapper/include.h>
#include <unistd.h>

int flush(struct otelc_tracer *tracer, int fd)
{
	struct otelc_span *span;

	if ((span = OTELC_OPS(tracer, start_span, "flush")) == NULL)
		return -1;
	int rc = fsync(fd);
	OTELC_OPSR(span, end);
	return rc;
}
