// The same through the table of functions.
#include <opentelemetry-c-wrapper/include.h>
#include <unistd.h>

int flush(struct otelc_tracer *tracer, int fd)
{
	struct otelc_span *span = OTELC_OPS(tracer, start_span, "flush");

	if (span == NULL)
		return -1;
	OTELC_OPS(span, set_status, OTELC_SPAN_STATUS_OK, NULL);
	int rc = fsync(fd);
	if (rc < 0)
		OTELC_OPS(span, set_status, OTELC_SPAN_STATUS_ERROR, "fsync"); // expect: ok-overwritten
	OTELC_OPSR(span, end);
	return rc;
}
