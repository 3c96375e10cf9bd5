/* Orders parts from a supplier over HTTP. */
#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <ctel/ctel.h>
#include <otel-tidy/annotations.h>

extern ctel_tracer *tracer;

static void add_header(void *carrier, const char *name, const char *value)
{
	struct curl_slist **headers = carrier;
	char line[512];

	snprintf(line, sizeof(line), "%s: %s", name, value);
	*headers = curl_slist_append(*headers, line);
}

static int perform(CURL *curl, struct curl_slist *headers, const char *url)
{
	curl_easy_setopt(curl, CURLOPT_URL, url);
	curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
	return curl_easy_perform(curl) == CURLE_OK ? 0 : -1;
}

OTEL_CRITICAL_PATH("parts.order", "tenant.id")
int order_parts(const char *url, const char *tenant)
{
	CTEL_SPAN(span, tracer, "order parts");
	ctel_set(span, "tenant.id", tenant);
	CURL *curl = curl_easy_init();
	struct curl_slist *headers = NULL;
	if (!curl) {
		ctel_span_error(span, "no_memory", NULL);
		return -1;
	}
	ctel_inject(ctel_ctx_current(), add_header, &headers);
	int rc = perform(curl, headers, url);
	curl_slist_free_all(headers);
	curl_easy_cleanup(curl);
	if (rc < 0)
		ctel_span_error(span, "http", url);
	return rc;
}

int ask_price(const char *url, long *status)
{
	ctel_span *span = ctel_span_start(tracer, "ask price", &(ctel_start){.kind = CTEL_CLIENT});
	ctel_set(span, "app.reason", "price");
	CTEL_CTX(context, ctel_baggage_set(ctel_ctx_with_span(span), "app.reason", "price"));
	ctel_scope scope = ctel_ctx_attach(context);
	CURL *curl = curl_easy_init();
	struct curl_slist *headers = NULL;
	int rc = -1;

	if (!curl)
		goto out;
	ctel_inject(ctel_ctx_current(), add_header, &headers);
	rc = perform(curl, headers, url);
	if (rc == 0)
		curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, status);
	curl_slist_free_all(headers);
	curl_easy_cleanup(curl);
out:
	if (rc < 0)
		ctel_span_error(span, "http", url);
	ctel_ctx_detach(scope);
	ctel_span_end(span);
	return rc;
}
