// With the C wrapper: the refused request returns early.
#include <opentelemetry-c-wrapper/include.h>
#include <string.h>
#include <sys/socket.h>

struct request {
	const char *host;
	int peer;
};

int forward(struct otelc_tracer *tracer, const struct request *r, const char *line)
{
	struct otelc_span *span = OTELC_OPS(tracer, start_span, "forward"); // expect: span-leak "not ended on this path"

	if (span == NULL) // expect-step: span-leak "span is not NULL"
		return OTELC_RET_ERROR;
	if (strcmp(r->host, "localhost") == 0) { // expect-step: span-leak "strcmp(…) == 0"
		OTELC_OPS(span, set_status, OTELC_SPAN_STATUS_ERROR, "refused");
		return OTELC_RET_ERROR; // expect-step: span-leak "still open"
	}
	long sent = send(r->peer, line, strlen(line), 0);
	OTELC_OPSR(span, end);
	return sent < 0 ? OTELC_RET_ERROR : OTELC_RET_OK;
}
