/* HAProxy's wrapper: the tracer is started, used, and left behind. */
#include <opentelemetry-c-wrapper/include.h>

int main(void)
{
	struct otelc_tracer *tracer = otelc_tracer_create("lib", NULL);
	if (!tracer || OTELC_OPS(tracer, start) != 0) // expect: unflushed-provider
		return 1;
	struct otelc_span *span = OTELC_OPS(tracer, start_span, "once");
	OTELC_OPSR(span, end);
	return 0;
}
