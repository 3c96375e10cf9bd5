/* SPDX-License-Identifier: Apache-2.0 */
/* OTLP over HTTP by libcurl (OpenTelemetry protocol specification, "OTLP/HTTP"). One request at a
 * time, which can be left and taken up again at any deadline. Sent again are requests that were
 * answered with 429, 502, 503 or 504, or not at all. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "sdk.h"

#ifdef CTEL_HAS_CURL

#include <curl/curl.h>

#include "gzip.h"

#define MAX_RESPONSE (4u << 20) /* unless the options say otherwise */
#define LOOK_MS      100        /* how often the deadline is looked at: it may move */

enum state { IDLE, SENDING, WAITING };

struct http {
	struct ctel_exporter base;
	CURLM *multi;
	CURL *easy;
	struct curl_slist *headers;
	char *endpoint, *ca_file, *cert_file, *key_file;
	ctel_encoding encoding;
	bool is_gzip;
	int timeout_ms, nr_attempts, first_backoff_ms;
	size_t max_request, max_response;

	enum state state;
	struct buf protobuf;
	struct text json;
	struct buf zipped;
	const unsigned char *body;
	size_t body_n;
	uint64_t give_up_at; /* the batch's own timeout */
	uint64_t resume_at;  /* WAITING: when to send again */
	int attempt;
	struct buf response;
	bool is_response_too_large;
	long retry_after; /* seconds; -1: not said */
};

static size_t on_body(char *data, size_t size, size_t n, void *user)
{
	struct http *h = user;
	(void)size;
	if (h->response.n + n > h->max_response) {
		h->is_response_too_large = true;
		return 0; /* ends the transfer */
	}
	unsigned char *p = buf_room(&h->response, n);
	if (!p)
		return 0;
	memcpy(p, data, n);
	h->response.n += (uint32_t)n;
	return n;
}

/* ---- Making a request ----------------------------------------------------------------------- */

static bool easy_make(struct http *h)
{
	h->multi = curl_multi_init();
	h->easy = curl_easy_init();
	CURL *e = h->easy;
	if (!h->multi || !e)
		return false;
	curl_easy_setopt(e, CURLOPT_URL, h->endpoint);
	curl_easy_setopt(e, CURLOPT_HTTPHEADER, h->headers);
	curl_easy_setopt(e, CURLOPT_POST, 1L);
	curl_easy_setopt(e, CURLOPT_WRITEFUNCTION, on_body);
	curl_easy_setopt(e, CURLOPT_WRITEDATA, h);
	curl_easy_setopt(e, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(e, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(e, CURLOPT_ACCEPT_ENCODING, "");
#if LIBCURL_VERSION_NUM >= 0x075500
	curl_easy_setopt(e, CURLOPT_PROTOCOLS_STR, "http,https");
#else
	curl_easy_setopt(e, CURLOPT_PROTOCOLS, (long)(CURLPROTO_HTTP | CURLPROTO_HTTPS));
#endif
	if (h->ca_file)
		curl_easy_setopt(e, CURLOPT_CAINFO, h->ca_file);
	if (h->cert_file)
		curl_easy_setopt(e, CURLOPT_SSLCERT, h->cert_file);
	if (h->key_file)
		curl_easy_setopt(e, CURLOPT_SSLKEY, h->key_file);
	return true;
}

static int encode(struct http *h, const ctel_batch *batch)
{
	if (h->encoding == CTEL_JSON) {
		if (!encode_json(&h->json, batch))
			return h->json.is_broken ? -ENOMEM : -E2BIG;
		h->body = (const unsigned char *)h->json.s;
		h->body_n = h->json.n;
	} else {
		if (!encode_protobuf(&h->protobuf, batch))
			return -E2BIG;
		h->body = h->protobuf.data;
		h->body_n = h->protobuf.n;
	}
	if (h->is_gzip) {
		if (!gzip(&h->zipped, h->body, h->body_n))
			return -ENOMEM;
		h->body = h->zipped.data;
		h->body_n = h->zipped.n;
	}
	return h->body_n <= h->max_request ? 0 : -E2BIG;
}

static void send_request(struct http *h)
{
	h->response.n = 0;
	h->is_response_too_large = false;
	h->retry_after = -1;
	h->attempt++;
	curl_easy_setopt(h->easy, CURLOPT_POSTFIELDS, h->body);
	curl_easy_setopt(h->easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)h->body_n);
	curl_multi_add_handle(h->multi, h->easy);
	h->state = SENDING;
}

static void leave(struct http *h)
{
	if (h->state == SENDING)
		curl_multi_remove_handle(h->multi, h->easy);
	h->state = IDLE;
}

/* ---- Understanding the answer --------------------------------------------------------------- */

/* ExportTraceServiceResponse{partial_success=1{rejected_spans=1, error_message=2}} */
static void read_protobuf(struct http *h, char *message, size_t size)
{
	ctel_bytes rest = {h->response.data, h->response.n};
	struct pb_field partial, f;
	while (pb_next(&rest, &partial, NULL)) {
		if (partial.number != 1 || partial.wire != PB_LEN)
			continue;
		while (pb_next(&partial.bytes, &f, NULL)) {
			if (f.number == 1 && f.wire == PB_VARINT && (int64_t)f.value > 0)
				h->base.nr_rejected = f.value;
			else if (f.number == 2 && f.wire == PB_LEN) {
				size_t n = f.bytes.n < size ? f.bytes.n : size - 1;
				memcpy(message, f.bytes.data, n);
				message[n] = '\0';
			}
		}
	}
}

/* The same in JSON. The two members have names that nothing else in the answer has. */
static void read_json(struct http *h, char *message, size_t size)
{
	unsigned char *end = buf_room(&h->response, 1);
	if (!end)
		return;
	*end = '\0';
	const char *s = (const char *)h->response.data;
	const char *rejected = strstr(s, "\"rejectedSpans\"");
	const char *error = strstr(s, "\"errorMessage\"");
	if (rejected) {
		rejected += strlen("\"rejectedSpans\"");
		rejected += strspn(rejected, " \t\r\n:\"");
		long long n = strtoll(rejected, NULL, 10);
		h->base.nr_rejected = n > 0 ? (uint64_t)n : 0;
	}
	if (error && (error = strchr(error + strlen("\"errorMessage\""), '"')) != NULL) {
		size_t n = strcspn(error + 1, "\"");
		n = n < size ? n : size - 1;
		memcpy(message, error + 1, n);
		message[n] = '\0';
	}
}

static void read_success(struct http *h)
{
	static _Atomic uint64_t last_message;
	char message[256] = "";
	char *type = NULL;
	curl_easy_getinfo(h->easy, CURLINFO_CONTENT_TYPE, &type);
	if (type && !strncmp(type, "application/json", 16))
		read_json(h, message, sizeof(message));
	else
		read_protobuf(h, message, sizeof(message));
	count_add(COUNT_BYTES, h->body_n);
	for (char *c = message; *c; c++)
		if ((unsigned char)*c < 0x20 || (unsigned char)*c > 0x7e)
			*c = '?';
	if ((h->base.nr_rejected || *message) && log_is_due(&last_message))
		log_warning("%s: %llu spans rejected: %s", h->endpoint,
			(unsigned long long)h->base.nr_rejected, message);
}

static bool is_retryable(CURLcode code, long status)
{
	if (code == CURLE_OK)
		return status == 429 || status == 502 || status == 503 || status == 504;
	switch (code) {
	case CURLE_COULDNT_RESOLVE_HOST:
	case CURLE_COULDNT_RESOLVE_PROXY:
	case CURLE_COULDNT_CONNECT:
	case CURLE_SEND_ERROR:
	case CURLE_RECV_ERROR:
	case CURLE_GOT_NOTHING:
	case CURLE_PARTIAL_FILE:
	case CURLE_OPERATION_TIMEDOUT:
	case CURLE_HTTP2:
	case CURLE_HTTP2_STREAM:
		return true;
	default:
		return false;
	}
}

/* Half as long again each time, up to five seconds, and then somewhere from half of it to all of
 * it, so that clients do not come back together. What the server asks for comes first. */
static void wait_for_retry(struct http *h)
{
	uint64_t ms = (uint64_t)h->first_backoff_ms;
	for (int i = 1; i < h->attempt && ms < 5000; i++)
		ms += ms / 2;
	if (ms > 5000)
		ms = 5000;
	ms = ms / 2 + id_random() % (ms / 2 + 1);
	if (h->retry_after >= 0)
		ms = (uint64_t)h->retry_after * 1000;
	h->resume_at = clock_steady() + ms * 1000000u;
	h->state = WAITING;
}

static void complain(const struct http *h, const char *what)
{
	static _Atomic uint64_t last_message;
	if (log_is_due(&last_message))
		log_error("%s: %s", h->endpoint, what);
}

/* The transfer is over: what came of it. -EAGAIN: it is to be sent again. */
static int finish_request(struct http *h, CURLcode code)
{
	long status = 0;
	curl_off_t after = 0;
	curl_easy_getinfo(h->easy, CURLINFO_RESPONSE_CODE, &status);
	if (status && curl_easy_getinfo(h->easy, CURLINFO_RETRY_AFTER, &after) == CURLE_OK && after)
		h->retry_after = after > 86400 ? 86400 : (long)after;
	leave(h);
	if (code == CURLE_OK && status >= 200 && status < 300) {
		read_success(h);
		return 0;
	}
	if (!h->is_response_too_large && is_retryable(code, status) &&
		h->attempt < h->nr_attempts) {
		wait_for_retry(h);
		if (h->resume_at < h->give_up_at) {
			count_add(COUNT_RETRIED, 1);
			return -EAGAIN;
		}
		h->state = IDLE;
	}
	char answer[32];
	snprintf(answer, sizeof(answer), "answered with %ld", status);
	complain(h, code == CURLE_OK ? answer : curl_easy_strerror(code));
	return code == CURLE_OK ? -EPROTO : h->is_response_too_large ? -E2BIG : -ECONNREFUSED;
}

/* ---- The exporter --------------------------------------------------------------------------- */

/* Goes on with a transfer. -EAGAIN: the deadline came first; 1: to be sent again. */
static int transfer(struct http *h, uint64_t deadline)
{
	for (;;) {
		int nr_running = 0, nr_messages;
		curl_multi_perform(h->multi, &nr_running);
		CURLMsg *m = curl_multi_info_read(h->multi, &nr_messages);
		if (m && m->msg == CURLMSG_DONE) {
			int rc = finish_request(h, m->data.result);
			return rc == -EAGAIN ? 1 : rc;
		}
		if (clock_steady() >= h->give_up_at) {
			leave(h);
			complain(h, "no answer in time");
			return -ETIMEDOUT;
		}
		int left = clock_ms_until(exporter_deadline(&h->base, deadline));
		if (left == 0)
			return -EAGAIN;
		curl_multi_poll(h->multi, NULL, 0, left < LOOK_MS ? left : LOOK_MS, NULL);
	}
}

/* -EAGAIN when the deadline came first. */
static int wait_until_resume(struct http *h, uint64_t deadline)
{
	for (;;) {
		int wait = clock_ms_until(h->resume_at);
		int left = clock_ms_until(exporter_deadline(&h->base, deadline));
		if (wait == 0)
			return 0;
		if (left == 0)
			return -EAGAIN;
		if (wait > left)
			wait = left;
		curl_multi_poll(h->multi, NULL, 0, wait < LOOK_MS ? wait : LOOK_MS, NULL);
	}
}

static int http_export(struct ctel_exporter *e, const ctel_batch *batch, uint64_t deadline)
{
	struct http *h = (struct http *)e;
	int rc = 1;
	if (!h->easy && !easy_make(h))
		return -ENOMEM;
	if (h->state == IDLE) {
		rc = encode(h, batch);
		if (rc)
			return rc;
		h->attempt = 0;
		h->give_up_at = clock_after(h->timeout_ms);
		send_request(h);
		rc = 1;
	}
	while (rc == 1) {
		if (h->state == WAITING) {
			if (wait_until_resume(h, deadline) != 0)
				return -EAGAIN;
			send_request(h);
		}
		rc = transfer(h, deadline);
	}
	return rc;
}

static void http_abandon(struct ctel_exporter *e)
{
	leave((struct http *)e);
}

/* The parent's thread may have been at work in here: what it was changing is forgotten, not freed.
 * The connection is the parent's, too: closing it here, with TLS, would close it there. */
static void http_forked(struct ctel_exporter *e)
{
	struct http *h = (struct http *)e;
	h->multi = NULL;
	h->easy = NULL;
	h->protobuf = h->zipped = h->response = (struct buf){0};
	h->json = (struct text){0};
	h->base.nr_rejected = 0;
	h->state = IDLE;
}

static void http_destroy(struct ctel_exporter *e)
{
	struct http *h = (struct http *)e;
	leave(h);
	curl_easy_cleanup(h->easy);
	curl_multi_cleanup(h->multi);
	curl_slist_free_all(h->headers);
	buf_free(&h->protobuf);
	text_free(&h->json);
	buf_free(&h->zipped);
	buf_free(&h->response);
	free(h->endpoint);
	free(h->ca_file);
	free(h->cert_file);
	free(h->key_file);
	free(h);
}

static bool add_header(struct http *h, const char *name, const char *value)
{
	struct text line = {0};
	text_puts(&line, name);
	text_puts(&line, *value ? ": " : ";"); /* libcurl's way to say an empty one */
	text_puts(&line, value);
	bool is_valid = !line.is_broken && !strpbrk(line.s, "\r\n");
	struct curl_slist *all = is_valid ? curl_slist_append(h->headers, line.s) : NULL;
	text_free(&line);
	if (all)
		h->headers = all;
	return all != NULL;
}

static bool set_options(struct http *h, const ctel_otlp *o)
{
	bool is_good = true;
	const char *url = o->endpoint ? o->endpoint : "http://localhost:4318/v1/traces";
	if (strncmp(url, "http://", 7) != 0 && strncmp(url, "https://", 8) != 0) {
		log_error("OTLP endpoint \"%s\": neither http:// nor https://", url);
		exporter_error = -EINVAL;
		return false;
	}
	h->endpoint = strdup(url);
	h->ca_file = o->ca_file ? strdup(o->ca_file) : NULL;
	h->cert_file = o->client_cert_file ? strdup(o->client_cert_file) : NULL;
	h->key_file = o->client_key_file ? strdup(o->client_key_file) : NULL;
	h->encoding = o->encoding;
	h->is_gzip = o->compression == CTEL_GZIP && gzip_is_there();
	h->timeout_ms = o->timeout_ms > 0 ? o->timeout_ms : 10000;
	h->nr_attempts = o->nr_attempts > 0 ? o->nr_attempts : 5;
	h->first_backoff_ms = o->first_backoff_ms > 0 ? o->first_backoff_ms : 1000;
	h->max_request = o->max_request && o->max_request < PB_MAX ? o->max_request : PB_MAX;
	h->max_response = o->max_response ? o->max_response : MAX_RESPONSE;
	if (h->max_response > PB_MAX)
		h->max_response = PB_MAX;
	is_good &= add_header(h, "Content-Type",
		o->encoding == CTEL_JSON ? "application/json" : "application/x-protobuf");
	is_good &= add_header(h, "User-Agent", "OTel-OTLP-Exporter-C/" CTEL_VERSION);
	struct curl_slist *all = curl_slist_append(h->headers, "Expect:"); /* no such header */
	is_good &= all != NULL;
	if (all)
		h->headers = all;
	if (h->is_gzip)
		is_good &= add_header(h, "Content-Encoding", "gzip");
	for (size_t i = 0; i < o->nr_headers; i++)
		if (!add_header(h, o->headers[i].name, o->headers[i].value))
			log_warning(
				"OTLP header \"%.40s\" is not valid, ignored", o->headers[i].name);
	return is_good && h->endpoint;
}

static void initialise_curl(void)
{
	curl_global_init(CURL_GLOBAL_DEFAULT);
}

ctel_exporter *ctel_exporter_otlp_http(const ctel_otlp *opts)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	static const ctel_otlp defaults;
	struct http *h = calloc(1, sizeof(*h));
	exporter_error = -ENOMEM;
	if (!h)
		return NULL;
	pthread_once(&once, initialise_curl);
	h->base.export_batch = http_export;
	h->base.abandon = http_abandon;
	h->base.forked = http_forked;
	h->base.destroy = http_destroy;
	if (!set_options(h, opts ? opts : &defaults)) {
		http_destroy(&h->base);
		return NULL;
	}
	exporter_error = 0;
	return &h->base;
}

#else

ctel_exporter *ctel_exporter_otlp_http(const ctel_otlp *opts)
{
	(void)opts;
	log_error("OTLP over HTTP: this library was built without libcurl");
	exporter_error = -ENOTSUP;
	return NULL;
}

#endif
