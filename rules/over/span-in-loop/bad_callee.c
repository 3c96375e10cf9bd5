// With the C wrapper: the loop calls a function that starts a span. It is too long to be called
// trivial, and still does nothing but compare.
#include <opentelemetry-c-wrapper/include.h>

static struct otelc_tracer *tracer;

struct header {
	char name[32], value[96];
};

static int header_is_valid(const struct header *h)
{
	struct otelc_span *span = OTELC_OPS(tracer, start_span, "check header"); // expect-step: span-in-loop "starts the span here"
	int is_valid = 1;

	for (int i = 0; h->name[i]; i++)
		if (h->name[i] <= ' ' || h->name[i] == ':')
			is_valid = 0;
	OTELC_OPSR(span, end);
	return is_valid;
}

int count_valid(const struct header *headers, unsigned nr)
{
	int count = 0;

	for (unsigned i = 0; i < nr; i++)
		count += header_is_valid(&headers[i]); // expect: span-in-loop "header_is_valid starts span"
	return count;
}
