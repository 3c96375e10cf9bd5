/* SPDX-License-Identifier: Apache-2.0 */
/* OTLP over HTTP by libcurl (OpenTelemetry protocol specification, "OTLP/HTTP"). What waits goes
 * out as one request, or as several at once when the program allows it; it can be left and taken up
 * again at any deadline. Sent again are requests that were answered with 429, 502, 503 or 504, or
 * not at all. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "sdk.h"

#ifdef CTEL_HAS_CURL

#include <curl/curl.h>

#include "gzip.h"

#define MAX_RESPONSE (4u << 20) /* unless the options say otherwise */
#define LOOK_MS      100        /* how often the deadline is looked at: it may move */
#define MAX_REQUESTS 16

enum state { IDLE, SENDING, WAITING };

struct request {
	const struct http *http;
	CURL *easy;
	enum state state;
	uint32_t nr_spans;
	struct buf protobuf;
	struct text json;
	struct buf zipped;
	const unsigned char *body;
	size_t body_n;
	uint64_t since;
	uint64_t give_up_at; /* its own timeout */
	uint64_t resume_at;  /* WAITING: when to send again */
	int attempt;
	struct buf response;
	bool is_response_too_large;
	long retry_after; /* seconds; -1: not said */
	uint64_t nr_rejected;
};

struct http {
	struct ctel_exporter base;
	CURLM *multi;
	struct curl_slist *headers;
	char *endpoint, *ca_file, *cert_file, *key_file;
	ctel_encoding encoding;
	bool is_gzip;
	int timeout_ms, nr_attempts, first_backoff_ms;
	size_t max_request, max_response;

	bool is_at_work; /* on what it was given; rc is what came of the requests that are done */
	int rc;
	struct request requests[MAX_REQUESTS];
};

static size_t on_body(char *data, size_t size, size_t n, void *user)
{
	struct request *r = user;
	(void)size;
	if (r->response.n + n > r->http->max_response) {
		r->is_response_too_large = true;
		return 0; /* ends the transfer */
	}
	unsigned char *p = buf_room(&r->response, n);
	if (!p)
		return 0;
	memcpy(p, data, n);
	r->response.n += (uint32_t)n;
	return n;
}

/* ---- Making a request ----------------------------------------------------------------------- */

static bool easy_make(struct request *r)
{
	const struct http *h = r->http;
	CURL *e = r->easy = curl_easy_init();
	if (!e)
		return false;
	curl_easy_setopt(e, CURLOPT_URL, h->endpoint);
	curl_easy_setopt(e, CURLOPT_HTTPHEADER, h->headers);
	curl_easy_setopt(e, CURLOPT_POST, 1L);
	curl_easy_setopt(e, CURLOPT_WRITEFUNCTION, on_body);
	curl_easy_setopt(e, CURLOPT_WRITEDATA, r);
	curl_easy_setopt(e, CURLOPT_PRIVATE, r);
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

static int encode(struct request *r, const ctel_batch *batch)
{
	const struct http *h = r->http;
	if (h->encoding == CTEL_JSON) {
		if (!encode_json(&r->json, batch))
			return r->json.is_broken ? -ENOMEM : -E2BIG;
		r->body = (const unsigned char *)r->json.s;
		r->body_n = r->json.n;
	} else {
		if (!encode_protobuf(&r->protobuf, batch))
			return -E2BIG;
		r->body = r->protobuf.data;
		r->body_n = r->protobuf.n;
	}
	if (h->is_gzip) {
		if (!gzip(&r->zipped, r->body, r->body_n))
			return -ENOMEM;
		r->body = r->zipped.data;
		r->body_n = r->zipped.n;
	}
	return r->body_n <= h->max_request ? 0 : -E2BIG;
}

static void send_request(struct request *r)
{
	r->response.n = 0;
	r->is_response_too_large = false;
	r->retry_after = -1;
	r->attempt++;
	curl_easy_setopt(r->easy, CURLOPT_POSTFIELDS, r->body);
	curl_easy_setopt(r->easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)r->body_n);
	curl_multi_add_handle(r->http->multi, r->easy);
	r->state = SENDING;
}

static void leave(struct request *r)
{
	if (r->state == SENDING)
		curl_multi_remove_handle(r->http->multi, r->easy);
	r->state = IDLE;
}

/* ---- Understanding the answer --------------------------------------------------------------- */

/* ExportTraceServiceResponse{partial_success=1{rejected_spans=1, error_message=2}} */
static void read_protobuf(struct request *r, char *message, size_t size)
{
	ctel_bytes rest = {r->response.data, r->response.n};
	struct pb_field partial, f;
	while (pb_next(&rest, &partial, NULL)) {
		if (partial.number != 1 || partial.wire != PB_LEN)
			continue;
		while (pb_next(&partial.bytes, &f, NULL)) {
			if (f.number == 1 && f.wire == PB_VARINT && (int64_t)f.value > 0)
				r->nr_rejected = f.value;
			else if (f.number == 2 && f.wire == PB_LEN) {
				size_t n = f.bytes.n < size ? f.bytes.n : size - 1;
				memcpy(message, f.bytes.data, n);
				message[n] = '\0';
			}
		}
	}
}

/* The same in JSON. The two members have names that nothing else in the answer has. */
static void read_json(struct request *r, char *message, size_t size)
{
	unsigned char *end = buf_room(&r->response, 1);
	if (!end)
		return;
	*end = '\0';
	const char *s = (const char *)r->response.data;
	const char *rejected = strstr(s, "\"rejectedSpans\"");
	const char *error = strstr(s, "\"errorMessage\"");
	if (rejected) {
		rejected += strlen("\"rejectedSpans\"");
		rejected += strspn(rejected, " \t\r\n:\"");
		long long n = strtoll(rejected, NULL, 10);
		r->nr_rejected = n > 0 ? (uint64_t)n : 0;
	}
	if (error && (error = strchr(error + strlen("\"errorMessage\""), '"')) != NULL) {
		size_t n = strcspn(error + 1, "\"");
		n = n < size ? n : size - 1;
		memcpy(message, error + 1, n);
		message[n] = '\0';
	}
}

static void read_success(struct request *r)
{
	static _Atomic uint64_t last_message;
	char message[256] = "";
	char *type = NULL;
	curl_easy_getinfo(r->easy, CURLINFO_CONTENT_TYPE, &type);
	if (type && !strncmp(type, "application/json", 16))
		read_json(r, message, sizeof(message));
	else
		read_protobuf(r, message, sizeof(message));
	count_add(COUNT_BYTES, r->body_n);
	for (char *c = message; *c; c++)
		if ((unsigned char)*c < 0x20 || (unsigned char)*c > 0x7e)
			*c = '?';
	if ((r->nr_rejected || *message) && log_is_due(&last_message))
		log_warning("%s: %llu spans rejected: %s", r->http->endpoint,
			(unsigned long long)r->nr_rejected, message);
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
static void wait_for_retry(struct request *r)
{
	uint64_t ms = (uint64_t)r->http->first_backoff_ms;
	for (int i = 1; i < r->attempt && ms < 5000; i++)
		ms += ms / 2;
	if (ms > 5000)
		ms = 5000;
	ms = ms / 2 + id_random() % (ms / 2 + 1);
	if (r->retry_after >= 0)
		ms = (uint64_t)r->retry_after * 1000;
	r->resume_at = clock_steady() + ms * 1000000u;
	r->state = WAITING;
}

static void complain(const struct http *h, const char *what)
{
	static _Atomic uint64_t last_message;
	if (log_is_due(&last_message))
		log_error("%s: %s", h->endpoint, what);
}

/* The transfer is over: what came of it. -EAGAIN: it is to be sent again. */
static int finish_transfer(struct request *r, CURLcode code)
{
	long status = 0;
	curl_off_t after = 0;
	curl_easy_getinfo(r->easy, CURLINFO_RESPONSE_CODE, &status);
	if (status && curl_easy_getinfo(r->easy, CURLINFO_RETRY_AFTER, &after) == CURLE_OK && after)
		r->retry_after = after > 86400 ? 86400 : (long)after;
	leave(r);
	if (code == CURLE_OK && status >= 200 && status < 300) {
		read_success(r);
		return 0;
	}
	if (!r->is_response_too_large && is_retryable(code, status) &&
		r->attempt < r->http->nr_attempts) {
		wait_for_retry(r);
		if (r->resume_at < r->give_up_at) {
			count_add(COUNT_RETRIED, 1);
			return -EAGAIN;
		}
	}
	char answer[48];
	snprintf(answer, sizeof(answer), "answered with %ld", status);
	complain(r->http, code == CURLE_OK ? answer : curl_easy_strerror(code));
	return code == CURLE_OK ? -EPROTO : r->is_response_too_large ? -E2BIG : -ECONNREFUSED;
}

/* ---- The exporter --------------------------------------------------------------------------- */

static void finish_request(struct http *h, struct request *r, int rc)
{
	leave(r);
	exporter_count(r->nr_spans, r->nr_rejected, rc, r->since);
	if (!h->rc)
		h->rc = rc;
}

/* The batch, in parts that are requests. */
static void begin(struct http *h, const ctel_batch *batch)
{
	size_t size = h->base.request_spans ? h->base.request_spans : batch->nr, at = 0;
	h->is_at_work = true;
	h->rc = 0;
	if (!h->multi)
		h->multi = curl_multi_init();
	for (unsigned i = 0; at < batch->nr && i < MAX_REQUESTS; i++, at += size) {
		struct request *r = &h->requests[i];
		ctel_batch part = *batch;
		part.spans += at;
		part.nr = batch->nr - at < size ? batch->nr - at : size;
		r->http = h;
		r->nr_spans = (uint32_t)part.nr;
		r->nr_rejected = 0;
		r->since = clock_steady();
		r->give_up_at = clock_after(h->timeout_ms);
		r->attempt = 0;
		int rc = h->multi && (r->easy || easy_make(r)) ? encode(r, &part) : -ENOMEM;
		if (rc)
			finish_request(h, r, rc);
		else
			send_request(r);
	}
}

/* Takes note of transfers that are over. */
static void read_messages(struct http *h)
{
	int nr_left;
	CURLMsg *m;
	while ((m = curl_multi_info_read(h->multi, &nr_left)) != NULL) {
		char *private = NULL;
		if (m->msg != CURLMSG_DONE)
			continue;
		curl_easy_getinfo(m->easy_handle, CURLINFO_PRIVATE, &private);
		struct request *r = (struct request *)(void *)private;
		int rc = finish_transfer(r, m->data.result);
		if (rc != -EAGAIN)
			finish_request(h, r, rc);
	}
}

/* Sends again what is due, gives up what has had its time. When the next of them comes; 0: at once;
 * UINT64_MAX: none is left. */
static uint64_t look_at_requests(struct http *h)
{
	uint64_t next = UINT64_MAX, now = clock_steady();
	for (unsigned i = 0; i < MAX_REQUESTS; i++) {
		struct request *r = &h->requests[i];
		if (r->state == SENDING && now >= r->give_up_at) {
			complain(h, "no answer in time");
			finish_request(h, r, -ETIMEDOUT);
		} else if (r->state == WAITING && now >= r->resume_at) {
			send_request(r);
			next = 0;
		}
		uint64_t at = r->state == WAITING ? r->resume_at : r->give_up_at;
		if (r->state != IDLE && at < next)
			next = at;
	}
	return next;
}

static int http_export(struct ctel_exporter *e, const ctel_batch *batch, uint64_t deadline)
{
	struct http *h = (struct http *)e;
	int nr_running = 0;
	if (!h->is_at_work)
		begin(h, batch);
	for (;;) {
		if (h->multi) {
			curl_multi_perform(h->multi, &nr_running);
			read_messages(h);
		}
		uint64_t next = look_at_requests(h);
		if (next == UINT64_MAX) {
			h->is_at_work = false;
			return h->rc;
		}
		int left = clock_ms_until(exporter_deadline(&h->base, deadline));
		int wait = clock_ms_until(next);
		if (left == 0)
			return -EAGAIN;
		wait = wait < left ? wait : left;
		if (next)
			curl_multi_poll(h->multi, NULL, 0, wait < LOOK_MS ? wait : LOOK_MS, NULL);
	}
}

static void http_abandon(struct ctel_exporter *e)
{
	struct http *h = (struct http *)e;
	for (unsigned i = 0; i < MAX_REQUESTS; i++)
		if (h->requests[i].state != IDLE)
			finish_request(h, &h->requests[i], -ETIMEDOUT);
	h->is_at_work = false;
}

/* The parent's thread may have been at work in here: what it was changing is forgotten, not freed.
 * The connection is the parent's, too: closing it here, with TLS, would close it there. */
static void http_forked(struct ctel_exporter *e)
{
	struct http *h = (struct http *)e;
	h->multi = NULL;
	h->is_at_work = false;
	memset(h->requests, 0, sizeof(h->requests));
}

static void http_destroy(struct ctel_exporter *e)
{
	struct http *h = (struct http *)e;
	for (unsigned i = 0; i < MAX_REQUESTS; i++) {
		struct request *r = &h->requests[i];
		leave(r);
		curl_easy_cleanup(r->easy);
		buf_free(&r->protobuf);
		text_free(&r->json);
		buf_free(&r->zipped);
		buf_free(&r->response);
	}
	curl_multi_cleanup(h->multi);
	curl_slist_free_all(h->headers);
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
	h->base.nr_concurrent = o->nr_concurrent > 0 ? (uint32_t)o->nr_concurrent : 1;
	if (h->base.nr_concurrent > MAX_REQUESTS)
		h->base.nr_concurrent = MAX_REQUESTS;
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
	h->base.counts_itself = true;
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
