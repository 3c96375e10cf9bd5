// Which status it is, the call decides.
#include <opentelemetry-c-wrapper/include.h>
#include <unistd.h>

int flush(struct otelc_tracer *tracer, int fd)
{
	struct otelc_span *span = OTELC_OPS(tracer, start_span, "flush");

	if (span == NULL)
		return -1;
	int rc = fsync(fd);
	OTELC_OPSR(span, end_with_options, NULL,
		rc < 0 ? OTELC_SPAN_STATUS_ERROR : OTELC_SPAN_STATUS_OK, rc < 0 ? "fsync" : NULL);
	return rc;
}
