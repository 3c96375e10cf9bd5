/* HAProxy's wrapper: ends with the plain end, whatever happened. */
#include <opentelemetry-c-wrapper/include.h>
#include <unistd.h>

int send_all(struct otelc_tracer *tracer, int fd, const char *bytes, size_t size);

int send_all(struct otelc_tracer *tracer, int fd, const char *bytes, size_t size)
{
	struct otelc_span *span = OTELC_OPS(tracer, start_span, "send all");
	if (!span)
		return 0;
	while (size > 0) {
		ssize_t n = write(fd, bytes, size);
		if (n < 0) {
			OTELC_OPSR(span, end);
			return -1; // expect: error-without-status "leaves send_all() here"
		}
		bytes += n;
		size -= (size_t)n;
	}
	OTELC_OPSR(span, end);
	return 0;
}
