// Ended on each path on which there is one.
#include <opentelemetry-c-wrapper/include.h>
#include <string.h>
#include <sys/socket.h>

int greet(struct otelc_tracer *tracer, int peer, const char *line)
{
	struct otelc_span *span = OTELC_OPS(tracer, start_span, "greet");
	int rc = OTELC_RET_ERROR;

	if (span == NULL)
		return rc;
	if (send(peer, line, strlen(line), 0) >= 0)
		rc = OTELC_RET_OK;
	else
		OTELC_OPS(span, set_status, OTELC_SPAN_STATUS_ERROR, "not sent");
	OTELC_OPSR(span, end);
	return rc;
}
