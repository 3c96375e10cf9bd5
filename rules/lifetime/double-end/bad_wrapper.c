// The error branch ends the span, and so does everybody else.
#include <opentelemetry-c-wrapper/include.h>
#include <string.h>
#include <sys/socket.h>

int greet(struct otelc_tracer *tracer, int peer, const char *line)
{
	struct otelc_span *span = OTELC_OPS(tracer, start_span, "greet");
	int rc = OTELC_RET_OK;

	if (!span)
		return OTELC_RET_ERROR;
	if (send(peer, line, strlen(line), 0) < 0) {
		OTELC_OPS(span, set_status, OTELC_SPAN_STATUS_ERROR, "not sent");
		OTELC_OPSR(span, end); // expect-step: double-end "ended here"
		rc = OTELC_RET_ERROR;
	}
	OTELC_OPSR(span, end); // expect: double-end "is ended twice"
	return rc;
}
