// Counting down ends with the data, not with a limit; with the C wrapper.
#include <opentelemetry-c-wrapper/include.h>

static struct otelc_tracer *tracer;

unsigned long permutations(unsigned n)
{
	struct otelc_span *span = OTELC_OPS(tracer, start_span, "permutations"); // expect: recursive-span "at every level of permutations"
	unsigned long result = n < 2 ? 1 : n * permutations(n - 1);

	OTELC_OPSR(span, end);
	return result;
}
