/* No span of its own, no critical path; and the header written by hand. */
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
int fetch(const char *url);
int by_hand(const char *url, const char *trace, const char *parent);

int fetch(const char *url)
{
	CTEL_SPAN(span, tracer, "fetch");
	CURL *curl = curl_easy_init();
	curl_easy_setopt(curl, CURLOPT_URL, url);
	int rc = curl_easy_perform(curl);
	if (rc != 0)
		ctel_span_error(span, "http", url);
	curl_easy_cleanup(curl);
	return rc;
}

int by_hand(const char *url, const char *trace, const char *parent)
{
	ctel_span *span = ctel_span_start(tracer, "GET", &(ctel_start){.kind = CTEL_CLIENT});
	CURL *curl = curl_easy_init();
	char line[128];
	snprintf(line, sizeof(line), "traceparent: 00-%s-%s-01", trace, parent);
	struct curl_slist *headers = curl_slist_append(NULL, line);
	curl_easy_setopt(curl, CURLOPT_URL, url);
	curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
	int rc = curl_easy_perform(curl);
	curl_easy_cleanup(curl);
	curl_slist_free_all(headers);
	ctel_span_end(span);
	return rc;
}
