// The house's own start and end, over the C wrapper.
#include <opentelemetry-c-wrapper/include.h>
#include <otel-tidy/annotations.h>
#include <sys/socket.h>

struct gateway {
	struct otelc_tracer *tracer;
	int upstream;
};

static struct otelc_span *begin(struct gateway *g, const char *name)
{
	return OTELC_OPS(g->tracer, start_span, name);
}

static void end(struct otelc_span **span, bool is_failed)
{
	if (*span == NULL)
		return;
	if (is_failed)
		OTELC_OPS(*span, set_status, OTELC_SPAN_STATUS_ERROR, "not sent");
	OTELC_OPSR(*span, end);
}

OTEL_CRITICAL_PATH("gateway.forward")
long gateway_forward(struct gateway *g, const char *line, unsigned long size)
{
	struct otelc_span *span = begin(g, "forward");
	long sent = send(g->upstream, line, size, 0);

	end(&span, sent < 0);
	return sent;
}
