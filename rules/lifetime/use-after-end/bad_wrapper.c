// The wrapper's end leaves the handle NULL: what follows calls through it.
#include <opentelemetry-c-wrapper/include.h>
#include <string.h>
#include <sys/socket.h>

int greet(struct otelc_tracer *tracer, int peer, const char *line)
{
	struct otelc_span *span = OTELC_OPS(tracer, start_span, "greet");

	if (!span)
		return OTELC_RET_ERROR;
	int rc = send(peer, line, strlen(line), 0) < 0 ? OTELC_RET_ERROR : OTELC_RET_OK;
	OTELC_OPSR(span, end);
	OTELC_OPS(span, set_operation_name, "greeted"); // expect: use-after-end "has ended when it is renamed"
	return rc;
}
