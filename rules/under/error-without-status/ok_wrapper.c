/* HAProxy's wrapper: the end carries the status. */
#include <opentelemetry-c-wrapper/include.h>
#include <unistd.h>

int send_one(struct otelc_tracer *tracer, int fd, const char *bytes, size_t size);

int send_one(struct otelc_tracer *tracer, int fd, const char *bytes, size_t size)
{
	struct otelc_span *span = OTELC_OPS(tracer, start_span, "send one");
	if (!span)
		return -1;
	if (write(fd, bytes, size) < 0) {
		OTELC_OPSR(span, end_with_options, NULL, OTELC_SPAN_STATUS_ERROR, "write");
		return -1;
	}
	OTELC_OPSR(span, end);
	return 0;
}
