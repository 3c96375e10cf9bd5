/* SPDX-License-Identifier: Apache-2.0 */
/* CLIENT spans for libcurl, by the easy and the multi interface, with the context in the request's
 * headers. The program's own list of headers is given back afterwards. Names and attributes:
 * semantic conventions for HTTP clients. */
#define CURL_DISABLE_TYPECHECK
#include "auto.h"

#include <curl/curl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* curl.h has macros of the same names. */
#undef curl_easy_setopt
#undef curl_easy_getinfo

/* In an entry: `data` is the program's list of headers, `more` our copy of it with the context. */

static void add_header(void *carrier, const char *name, const char *value)
{
	struct curl_slist **list = carrier;
	char line[1024];
	int n = snprintf(line, sizeof(line), "%s: %s", name, value);
	struct curl_slist *longer =
		n > 0 && (size_t)n < sizeof(line) ? curl_slist_append(*list, line) : NULL;
	if (longer)
		*list = longer;
}

/* Without user and password, and without the query: both may be secrets. */
static void set_url(ctel_span *s, const char *url)
{
	char clean[1024];
	const char *host = strstr(url, "://");
	host = host ? host + 3 : url;
	size_t n = strcspn(host, "/?#");
	const char *at = memchr(host, '@', n), *from = at ? at + 1 : host;
	size_t path = strcspn(host + n, "?#");
	snprintf(clean, sizeof(clean), "%.*s%.*s", (int)(host - url), url,
		(int)(n - (size_t)(from - host) + path), from);
	ctel_set(s, "url.full", (const char *)clean);
	size_t name = strcspn(from, ":/?#");
	ctel_set_string_n(s, "server.address", from, name);
	if (from[name] == ':')
		ctel_set(s, "server.port", atoi(from + name + 1));
}

static void begin(CURL *handle)
{
	struct auto_entry e = {.object = handle};
	const char *url = NULL;
	auto_find(handle, &e);
	e.span = ctel_span_start(auto_tracer(), "HTTP", &(ctel_start){.kind = CTEL_CLIENT});
	if (!e.span)
		return;
	if (REAL(curl_easy_getinfo)(handle, CURLINFO_EFFECTIVE_URL, &url) == CURLE_OK && url)
		set_url(e.span, url);
	struct curl_slist *headers = NULL;
	for (struct curl_slist *h = e.data; h; h = h->next) {
		struct curl_slist *longer = curl_slist_append(headers, h->data);
		headers = longer ? longer : headers;
	}
	ctel_inject(ctel_ctx_with_span(e.span), add_header, &headers);
	e.more = headers;
	REAL(curl_easy_setopt)(handle, CURLOPT_HTTPHEADER, headers);
	auto_put(&e);
}

static void finish(CURL *handle, CURLcode code)
{
	struct auto_entry e;
	const char *method = NULL;
	long status = 0;
	if (!auto_find(handle, &e) || !e.span)
		return;
	REAL(curl_easy_getinfo)(handle, CURLINFO_RESPONSE_CODE, &status);
#if LIBCURL_VERSION_NUM >= 0x074800
	REAL(curl_easy_getinfo)(handle, CURLINFO_EFFECTIVE_METHOD, &method);
#endif
	if (method) {
		ctel_span_rename(e.span, method);
		ctel_set(e.span, "http.request.method", method);
	}
	if (status)
		ctel_set(e.span, "http.response.status_code", status);
	if (code != CURLE_OK) {
		ctel_span_error(e.span, "curl_error", curl_easy_strerror(code));
	} else if (status >= 400) {
		char type[24];
		snprintf(type, sizeof(type), "%ld", status);
		ctel_span_error(e.span, type, NULL);
	}
	ctel_span_end(e.span);
	REAL(curl_easy_setopt)(handle, CURLOPT_HTTPHEADER, e.data);
	curl_slist_free_all(e.more);
	e.span = NULL;
	e.more = NULL;
	auto_put(&e);
}

/* Calls of curl_easy_perform that this thread is in: it may use the multi interface itself, and
 * whether that is seen here depends on how the library was built. One span is enough. */
static _Thread_local int nr_performs;

AUTO_EXPORT CURLcode curl_easy_perform(CURL *handle)
{
	begin(handle);
	nr_performs++;
	CURLcode code = REAL(curl_easy_perform)(handle);
	nr_performs--;
	finish(handle, code);
	return code;
}

/* ---- The multi interface --------------------------------------------------------------------- */

AUTO_EXPORT CURLMcode curl_multi_add_handle(CURLM *multi, CURL *handle)
{
	if (nr_performs)
		return REAL(curl_multi_add_handle)(multi, handle);
	begin(handle);
	CURLMcode code = REAL(curl_multi_add_handle)(multi, handle);
	if (code != CURLM_OK)
		finish(handle, CURLE_FAILED_INIT);
	return code;
}

AUTO_EXPORT CURLMsg *curl_multi_info_read(CURLM *multi, int *nr_left)
{
	CURLMsg *m = REAL(curl_multi_info_read)(multi, nr_left);
	if (m && m->msg == CURLMSG_DONE && !nr_performs)
		finish(m->easy_handle, m->data.result);
	return m;
}

AUTO_EXPORT CURLMcode curl_multi_remove_handle(CURLM *multi, CURL *handle)
{
	if (!nr_performs)
		finish(handle, CURLE_ABORTED_BY_CALLBACK); /* nothing, if its end was seen before */
	return REAL(curl_multi_remove_handle)(multi, handle);
}

/* ---- The program's own headers -------------------------------------------------------------- */

AUTO_EXPORT CURLcode curl_easy_setopt(CURL *handle, CURLoption option, ...)
{
	va_list args;
	CURLcode code;
	va_start(args, option);
	if (option >= CURLOPTTYPE_OFF_T && option < CURLOPTTYPE_OFF_T + 10000) {
		code = REAL(curl_easy_setopt)(handle, option, va_arg(args, curl_off_t));
	} else if (option < CURLOPTTYPE_OBJECTPOINT) {
		code = REAL(curl_easy_setopt)(handle, option, va_arg(args, long));
	} else {
		void *value = va_arg(args, void *);
		struct auto_entry e = {.object = handle};
		code = REAL(curl_easy_setopt)(handle, option, value);
		if (option == CURLOPT_HTTPHEADER && ctel_tracer_is_enabled(NULL)) {
			auto_find(handle, &e);
			e.data = value;
			auto_put(&e);
		}
	}
	va_end(args);
	return code;
}

static void forget(CURL *handle)
{
	struct auto_entry e;
	if (!auto_take(handle, &e))
		return;
	ctel_span_end(e.span);
	curl_slist_free_all(e.more);
}

AUTO_EXPORT void curl_easy_reset(CURL *handle)
{
	forget(handle);
	REAL(curl_easy_reset)(handle);
}

/* Forgotten first: another thread may get the same address as soon as it is free. */
AUTO_EXPORT void curl_easy_cleanup(CURL *handle)
{
	forget(handle);
	REAL(curl_easy_cleanup)(handle);
}

AUTO_EXPORT CURL *curl_easy_duphandle(CURL *handle)
{
	CURL *copy = REAL(curl_easy_duphandle)(handle);
	struct auto_entry e;
	if (copy && auto_find(handle, &e)) {
		struct auto_entry own = {.object = copy, .data = e.data};
		auto_put(&own);
	}
	return copy;
}
