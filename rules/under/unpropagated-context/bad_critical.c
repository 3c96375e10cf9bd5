/* The request is two calls away from the critical path; its headers are made here, without ours. */
#include <ctel/ctel.h>
#include <otel-tidy/annotations.h>
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
int pay(const char *order);

static int post(const char *url, struct curl_slist *headers)
{
	CURL *curl = curl_easy_init();
	curl_easy_setopt(curl, CURLOPT_URL, url);
	curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
	// expect: unpropagated-context "critical path"
	int rc = curl_easy_perform(curl);
	curl_easy_cleanup(curl);
	return rc;
}

static int send_order(const char *order)
{
	struct curl_slist *headers = curl_slist_append(NULL, "Content-Type: text/plain");
	int rc = post(order, headers);
	curl_slist_free_all(headers);
	return rc;
}

OTEL_CRITICAL_PATH("shop.pay", "app.order.id")
int pay(const char *order) // expect-step: unpropagated-context "begins here"
{
	CTEL_SPAN(span, tracer, "pay");
	ctel_set(span, "app.order.id", order);
	return send_order(order); // expect-step: unpropagated-context "calls send_order()"
}
