// Traced in one mode only: in the other the operation is invisible.
#include <opentelemetry-c-wrapper/include.h>
#include <otel-tidy/annotations.h>
#include <sys/socket.h>

struct gateway {
	struct otelc_tracer *tracer;
	bool is_verbose;
	int upstream;
};

OTEL_CRITICAL_PATH("gateway.forward")
long gateway_forward(struct gateway *g, const char *line, unsigned long size) // expect: missing-span "owns no span on this path"
{
	struct otelc_span *span = NULL;

	if (g->is_verbose) // expect-step: missing-span "g->is_verbose is not set"
		span = OTELC_OPS(g->tracer, start_span, "forward");
	long sent = send(g->upstream, line, size, 0);
	if (span != NULL)
		OTELC_OPSR(span, end);
	return sent; // expect-step: missing-span "leaves without"
}
