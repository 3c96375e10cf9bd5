// The test is somebody else's, who gets the handle.
#include <opentelemetry-c-wrapper/include.h>
#include <unistd.h>

void finish(struct otelc_span *span, int rc);

int rotate(struct otelc_tracer *tracer, int fd)
{
	struct otelc_span *span = OTELC_OPS(tracer, start_span, "rotate");
	int rc = fsync(fd);

	finish(span, rc);
	return rc;
}
