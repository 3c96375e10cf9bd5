// With the C wrapper: the span has it, the request does not.
#include <opentelemetry-c-wrapper/include.h>
#include <stddef.h>

typedef void CURL;

int curl_easy_perform(CURL *handle);

int main(int argc, char **argv)
{
	struct otelc_tracer *tracer = NULL;
	struct otelc_span *span;

	(void)argc;
	span = OTELC_OPS(tracer, start_span, "send");
	if (span == NULL)
		return 1;
	OTELC_OPS(span, set_baggage, "tenant.id", argv[0]); // expect: baggage-not-propagated "no request of this program takes it along"
	int rc = curl_easy_perform(NULL);
	OTELC_OPSR(span, end);
	return rc;
}
