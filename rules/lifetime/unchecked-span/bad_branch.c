// Tested for the end, and not for the status before it.
#include <opentelemetry-c-wrapper/include.h>
#include <unistd.h>

int rotate(struct otelc_tracer *tracer, int fd)
{
	struct otelc_span *span = OTELC_OPS(tracer, start_span, "rotate"); // expect: unchecked-span
	int rc = fsync(fd);

	if (rc < 0)
		OTELC_OPS(span, set_status, OTELC_SPAN_STATUS_ERROR, "fsync");
	if (span != NULL)
		OTELC_OPSR(span, end);
	return rc;
}
