// With the C wrapper: a library's filter, whose host sends the requests.
#include <opentelemetry-c-wrapper/include.h>
#include <stddef.h>

typedef void CURL;

int curl_easy_perform(CURL *handle);

int filter_send(struct otelc_span *span, const char *tenant, struct otelc_http_headers_writer *writer)
{
	OTELC_OPS(span, set_baggage, "tenant.id", tenant);
	OTELC_OPS(span, inject_http_headers, writer);
	return curl_easy_perform(NULL);
}
