// With the C wrapper: the callback of the filter is a shell around the function that works.
#include <opentelemetry-c-wrapper/include.h>

#include <unistd.h>

static struct otelc_tracer *tracer;

static int send_all(int fd, const char *bytes, size_t size)
{
	struct otelc_span *span = OTELC_OPS(tracer, start_span, "send");

	while (size) {
		ssize_t n = write(fd, bytes, size);
		if (n < 0)
			break;
		bytes += n;
		size -= (size_t)n;
	}
	OTELC_OPSR(span, end);
	return size ? -1 : 0;
}

int filter_payload(int fd, const char *bytes, size_t size)
{
	struct otelc_span *span = OTELC_OPS(tracer, start_span, "payload"); // expect: wrapper-span "only wraps send_all"
	int rc = send_all(fd, bytes, size);

	OTELC_OPSR(span, end);
	return rc;
}
