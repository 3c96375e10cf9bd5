// Ok before the outcome is known.
#include <opentelemetry-c-wrapper/include.h>
#include <unistd.h>

int rotate(struct otelc_tracer *tracer, int fd)
{
	struct otelc_span *span = OTELC_OPS(tracer, start_span, "rotate");

	if (span == NULL)
		return -1;
	OTELC_OPS(span, set_status, OTELC_SPAN_STATUS_OK, NULL); // expect: ok-on-failure
	if (fsync(fd) < 0) {
		OTELC_OPSR(span, end);
		return -1;
	}
	OTELC_OPSR(span, end);
	return 0;
}
