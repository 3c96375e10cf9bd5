/* A CLIENT span around a request that carries nothing. */
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
extern ctel_tracer *tracer;
int price_of(const char *url);

int price_of(const char *url)
{
	ctel_span *span = ctel_span_start(tracer, "GET price", &(ctel_start){.kind = CTEL_CLIENT});
	CURL *curl = curl_easy_init();
	curl_easy_setopt(curl, CURLOPT_URL, url);
	// expect: unpropagated-context "under a span for it"
	int rc = curl_easy_perform(curl);
	if (rc != 0)
		ctel_span_error(span, "http", url);
	curl_easy_cleanup(curl);
	ctel_span_end(span);
	return rc;
}
