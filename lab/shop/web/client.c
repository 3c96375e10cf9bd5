/* Forms to other services, by libcurl. */
#include <curl/curl.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "web.h"

#define TIMEOUT_MS 5000L

struct headers {
	struct curl_slist *list;
	bool is_short; /* memory ran out */
};

static pthread_key_t handle_key;
static pthread_once_t handle_once = PTHREAD_ONCE_INIT;

static void make_key(void)
{
	pthread_key_create(&handle_key, curl_easy_cleanup);
}

/* The thread's own, with its connections. */
static CURL *thread_handle(void)
{
	pthread_once(&handle_once, make_key);
	CURL *curl = pthread_getspecific(handle_key);
	if (!curl) {
		curl = curl_easy_init();
		pthread_setspecific(handle_key, curl);
	}
	return curl;
}

static void add_header(void *carrier, const char *name, const char *value)
{
	struct headers *headers = carrier;
	struct curl_slist *longer = NULL;
	char *line = NULL;
	if (asprintf(&line, "%s: %s", name, value) >= 0)
		longer = curl_slist_append(headers->list, line);
	if (longer)
		headers->list = longer;
	else
		headers->is_short = true;
	free(line);
}

static size_t receive(char *bytes, size_t size, size_t count, void *user)
{
	struct web_response *response = user;
	size_t n = size * count, room = sizeof(response->body) - 1 - response->length;
	if (n > room)
		return 0;
	memcpy(response->body + response->length, bytes, n);
	response->length += n;
	response->body[response->length] = '\0';
	return n;
}

static int post(
	const char *url, const char *form, struct headers *headers, struct web_response *response)
{
	CURL *curl = thread_handle();
	long status = 0;
	if (!curl || headers->is_short)
		return -1;
	curl_easy_setopt(curl, CURLOPT_URL, url);
	curl_easy_setopt(curl, CURLOPT_PROXY, "");
	curl_easy_setopt(curl, CURLOPT_POSTFIELDS, form);
	curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers->list);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, TIMEOUT_MS);
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, receive);
	curl_easy_setopt(curl, CURLOPT_WRITEDATA, response);
	CURLcode code = curl_easy_perform(curl);
	if (code == CURLE_OK)
		curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
	else
		fprintf(stderr, "%s: %s\n", url, curl_easy_strerror(code));
	curl_easy_setopt(curl, CURLOPT_HTTPHEADER, NULL);
	response->status = (int)status;
	return code == CURLE_OK ? 0 : -1;
}

int web_post(const char *url, const char *form, struct web_response *response)
{
	struct headers headers = {0};
	void *state = NULL;
	response->status = 0;
	response->length = 0;
	response->body[0] = '\0';
	if (web_observer)
		state = web_observer->leaves(url, add_header, &headers);
	int rc = post(url, form, &headers, response);
	if (web_observer)
		web_observer->returned(state, response->status);
	curl_slist_free_all(headers.list);
	return rc;
}
