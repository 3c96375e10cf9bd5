/* HAProxy's wrapper: destroying the tracer flushes it. */
#include <opentelemetry-c-wrapper/include.h>

int main(void)
{
	struct otelc_tracer *tracer = otelc_tracer_create("lib", NULL);
	if (!tracer || OTELC_OPS(tracer, start) != 0)
		return 1;
	struct otelc_span *span = OTELC_OPS(tracer, start_span, "once");
	OTELC_OPSR(span, end);
	OTELC_OPSR(tracer, destroy);
	return 0;
}
