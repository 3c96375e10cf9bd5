/* Somebody else may have put the context in: the caller, or code that is not here. */
#include <ctel/ctel.h>
#include <stddef.h>

typedef void CURL;
struct curl_slist;
enum { CURLOPT_URL = 10002, CURLOPT_HTTPHEADER = 10023 };
CURL *curl_easy_init(void);
int curl_easy_setopt(CURL *curl, int option, ...);
int curl_easy_perform(CURL *curl);
void curl_easy_cleanup(CURL *curl);
struct curl_slist *curl_slist_append(struct curl_slist *list, const char *line);
void curl_slist_free_all(struct curl_slist *list);
struct client {
	CURL *curl;
	struct curl_slist *headers;
};

extern ctel_tracer *tracer;
void decorate(CURL *curl);
CURL *pool_take(void);
int given(CURL *curl);
int decorated(const char *url);
int pooled(const char *url);
int kept(struct client *client);

static int traced(CURL *curl)
{
	ctel_span *span = ctel_span_start(tracer, "GET", &(ctel_start){.kind = CTEL_CLIENT});
	int rc = curl_easy_perform(curl);
	if (rc != 0)
		ctel_span_error(span, "http", "GET");
	ctel_span_end(span);
	return rc;
}

int given(CURL *curl)
{
	return traced(curl);
}

int decorated(const char *url)
{
	ctel_span *span = ctel_span_start(tracer, "GET", &(ctel_start){.kind = CTEL_CLIENT});
	CURL *curl = curl_easy_init();
	curl_easy_setopt(curl, CURLOPT_URL, url);
	decorate(curl);
	int rc = curl_easy_perform(curl);
	curl_easy_cleanup(curl);
	ctel_span_end(span);
	return rc;
}

int pooled(const char *url)
{
	ctel_span *span = ctel_span_start(tracer, "GET", &(ctel_start){.kind = CTEL_CLIENT});
	CURL *curl = pool_take();
	curl_easy_setopt(curl, CURLOPT_URL, url);
	int rc = curl_easy_perform(curl);
	ctel_span_end(span);
	return rc;
}

int kept(struct client *client)
{
	ctel_span *span = ctel_span_start(tracer, "GET", &(ctel_start){.kind = CTEL_CLIENT});
	int rc = curl_easy_perform(client->curl);
	ctel_span_end(span);
	return rc;
}
