/* HAProxy's wrapper: a peer that does not answer is marked, the next one does. */
#include <opentelemetry-c-wrapper/include.h>
#include <sys/socket.h>

int connect_any(
	struct otelc_tracer *tracer, int fd, const struct sockaddr *a, const struct sockaddr *b);

int connect_any(
	struct otelc_tracer *tracer, int fd, const struct sockaddr *a, const struct sockaddr *b)
{
	struct otelc_span *span = OTELC_OPS(tracer, start_span, "connect");
	if (!span)
		return 0;
	int rc = connect(fd, a, sizeof(*a));
	if (rc < 0) {
		// expect: error-on-success
		OTELC_OPS(span, set_status, OTELC_SPAN_STATUS_ERROR, "first peer");
		rc = connect(fd, b, sizeof(*b));
	}
	OTELC_OPSR(span, end);
	if (rc < 0)
		return -1;
	return 0;
}
