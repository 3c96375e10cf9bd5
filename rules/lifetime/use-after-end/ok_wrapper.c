// Ended on one way, and tested before the rest.
#include <opentelemetry-c-wrapper/include.h>
#include <string.h>
#include <sys/socket.h>

int greet(struct otelc_tracer *tracer, int peer, const char *line)
{
	struct otelc_span *span = OTELC_OPS(tracer, start_span, "greet");

	if (!span)
		return OTELC_RET_ERROR;
	if (!line[0])
		OTELC_OPSR(span, end);
	int rc = send(peer, line, strlen(line), 0) < 0 ? OTELC_RET_ERROR : OTELC_RET_OK;
	if (span) {
		OTELC_OPS(span, set_operation_name, "greeted"); // ok: use-after-end
		OTELC_OPSR(span, end); // ok: double-end
	}
	return rc;
}

int greet_twice(struct otelc_tracer *tracer, int peer)
{
	struct otelc_span *span = OTELC_OPS(tracer, start_span, "first");

	if (!span)
		return OTELC_RET_ERROR;
	send(peer, "hello", 5, 0);
	OTELC_OPSR(span, end);
	span = OTELC_OPS(tracer, start_span, "second");
	if (!span)
		return OTELC_RET_ERROR;
	OTELC_OPS(span, set_operation_name, "again"); // ok: use-after-end
	send(peer, "hello", 5, 0);
	OTELC_OPSR(span, end); // ok: double-end
	return OTELC_RET_OK;
}
