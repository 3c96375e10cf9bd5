/* Injected: here, or in what makes the headers. */
#include <ctel/ctel.h>
#include <stddef.h>
#include <stdio.h>

typedef void CURL;
struct curl_slist;
enum { CURLOPT_URL = 10002, CURLOPT_HTTPHEADER = 10023 };
CURL *curl_easy_init(void);
int curl_easy_setopt(CURL *curl, int option, ...);
int curl_easy_perform(CURL *curl);
void curl_easy_cleanup(CURL *curl);
struct curl_slist *curl_slist_append(struct curl_slist *list, const char *line);
void curl_slist_free_all(struct curl_slist *list);
extern ctel_tracer *tracer;
int price_of(const char *url);
int stock_of(const char *url);

static void add(void *carrier, const char *name, const char *value)
{
	struct curl_slist **list = carrier;
	char line[512];
	snprintf(line, sizeof(line), "%s: %s", name, value);
	*list = curl_slist_append(*list, line);
}

static int get(const char *url, struct curl_slist *headers)
{
	CURL *curl = curl_easy_init();
	curl_easy_setopt(curl, CURLOPT_URL, url);
	curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
	int rc = curl_easy_perform(curl);
	curl_easy_cleanup(curl);
	curl_slist_free_all(headers);
	return rc;
}

int price_of(const char *url)
{
	ctel_span *span = ctel_span_start(tracer, "GET price", &(ctel_start){.kind = CTEL_CLIENT});
	struct curl_slist *headers = NULL;
	ctel_inject(ctel_ctx_with_span(span), add, &headers);
	int rc = get(url, headers);
	if (rc != 0)
		ctel_span_error(span, "http", url);
	ctel_span_end(span);
	return rc;
}

static struct curl_slist *traced_headers(void)
{
	struct curl_slist *headers = NULL;
	ctel_inject(ctel_ctx_current(), add, &headers);
	return headers;
}

int stock_of(const char *url)
{
	ctel_span *span = ctel_span_start(tracer, "GET stock", &(ctel_start){.kind = CTEL_CLIENT});
	int rc = get(url, traced_headers());
	if (rc != 0)
		ctel_span_error(span, "http", url);
	ctel_span_end(span);
	return rc;
}
