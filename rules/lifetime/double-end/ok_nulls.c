// OTELC_OPSR leaves the handle NULL, and the second end asks.
#include <opentelemetry-c-wrapper/include.h>
#include <unistd.h>

int rotate(struct otelc_tracer *tracer, int fd)
{
	struct otelc_span *span = OTELC_OPS(tracer, start_span, "rotate");
	int rc = fsync(fd);

	if (rc < 0 && span != NULL) {
		OTELC_OPS(span, set_status, OTELC_SPAN_STATUS_ERROR, "fsync failed");
		OTELC_OPSR(span, end);
	}
	if (span != NULL)
		OTELC_OPSR(span, end);
	return rc;
}

/* An array of handles, ended in a loop. */
void stop(struct otelc_span **spans, int n)
{
	for (int i = 0; i < n; i++)
		if (spans[i] != NULL)
			OTELC_OPSR(spans[i], end);
}
