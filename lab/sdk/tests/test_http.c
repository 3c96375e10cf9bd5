/* OTLP over HTTP against a receiver that answers as the test says: what is sent, what is sent
 * again, and what bad answers lead to. */
#include "memory.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/socket.h>
#include <time.h>

#include <cjson/cJSON.h>
#include <zlib.h>

/* ---- The receiver --------------------------------------------------------------------------- */

static struct {
	int fd;
	unsigned short port;
	pthread_t thread;
	const char *const *answers; /* the last one is for all that come after */
	unsigned nr_answers;
	atomic_uint nr_requests;
	char head[8192];
	unsigned char body[1 << 20];
	size_t body_n;
	atomic_bool is_over;
} server;

#define OK       "HTTP/1.1 200 OK\r\nContent-Type: application/x-protobuf\r\nContent-Length: 0\r\n\r\n"
#define EMPTY(s) "HTTP/1.1 " s "\r\nContent-Length: 0\r\n\r\n"

static bool read_request(int fd)
{
	static char in[1 << 20];
	size_t n = 0, length = 0;
	char *end = NULL;
	while (!end) {
		ssize_t got = recv(fd, in + n, sizeof(in) - n - 1, 0);
		if (got <= 0)
			return false;
		n += (size_t)got;
		in[n] = '\0';
		end = strstr(in, "\r\n\r\n");
	}
	*end = '\0';
	snprintf(server.head, sizeof(server.head), "%.8000s\r\n", in);
	const char *field = strcasestr(server.head, "\r\nContent-Length:");
	if (field)
		length = strtoul(field + strlen("\r\nContent-Length:"), NULL, 10);
	size_t head = (size_t)(end - in) + 4;
	while (n < head + length) {
		ssize_t got = recv(fd, in + n, sizeof(in) - n, 0);
		if (got <= 0)
			return false;
		n += (size_t)got;
	}
	memcpy(server.body, in + head, length);
	server.body_n = length;
	return true;
}

static void *serve(void *unused)
{
	(void)unused;
	for (;;) {
		int fd = accept(server.fd, NULL, NULL);
		if (fd < 0 || server.is_over) {
			close(fd);
			return NULL;
		}
		while (read_request(fd)) {
			unsigned i = server.nr_requests++;
			const char *a =
				server.answers[i < server.nr_answers ? i : server.nr_answers - 1];
			if (!*a)
				break; /* closes without an answer */
			if (!strcmp(a, "hang")) {
				while (!server.is_over)
					nanosleep(&(struct timespec){0, 1000000}, NULL);
				break;
			}
			send(fd, a, strlen(a), MSG_NOSIGNAL);
			if (strstr(a, "100000"))
				break; /* says more than it sends */
		}
		close(fd);
	}
}

static void listen_on(unsigned short port)
{
	struct sockaddr_in address = {.sin_family = AF_INET,
		.sin_port = htons(port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t n = sizeof(address);
	int one = 1;
	server.fd = socket(AF_INET, SOCK_STREAM, 0);
	setsockopt(server.fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
	assert_int_equal(bind(server.fd, (struct sockaddr *)&address, sizeof(address)), 0);
	getsockname(server.fd, (struct sockaddr *)&address, &n);
	server.port = ntohs(address.sin_port);
	server.nr_requests = 0;
	server.is_over = false;
}

static void serve_with(const char *const *answers, unsigned nr)
{
	server.answers = answers;
	server.nr_answers = nr;
	listen_on(0);
	assert_int_equal(listen(server.fd, 8), 0);
	pthread_create(&server.thread, NULL, serve, NULL);
}

static void stop_server(void)
{
	server.is_over = true;
	shutdown(server.fd, SHUT_RDWR);
	pthread_join(server.thread, NULL);
	close(server.fd);
}

static const char *url(void)
{
	static char text[64];
	snprintf(text, sizeof(text), "http://127.0.0.1:%u/v1/traces", server.port);
	return text;
}

static void start_http(ctel_otlp o)
{
	setenv("no_proxy", "127.0.0.1", 1);
	if (!o.endpoint)
		o.endpoint = url();
	if (!o.first_backoff_ms)
		o.first_backoff_ms = 20;
	listen_to_messages();
	ctel_exporter *e = ctel_exporter_otlp_http(&o);
	assert_non_null(e);
	start_with((ctel_config){
		.service_name = "http", .processors = {{.exporter = e, .delay_ms = 60000}}});
}

static int export_one(void)
{
	ctel_span *s = ctel_span_start(tracer, "sent", NULL);
	ctel_set(s, "k", "v");
	ctel_span_end(s);
	int rc = ctel_flush(10000);
	(void)atomic_load(&server.nr_requests); /* what came before its last change is seen */
	return rc;
}

static ctel_stats counted(ctel_stats before)
{
	ctel_stats after;
	ctel_stats_get(&after);
	return (ctel_stats){.exported = after.exported - before.exported,
		.dropped = after.dropped - before.dropped,
		.rejected = after.rejected - before.rejected,
		.retried = after.retried - before.retried,
		.bytes = after.bytes - before.bytes};
}

static ctel_stats now(void)
{
	ctel_stats s;
	ctel_stats_get(&s);
	return s;
}

static bool has_header(const char *line)
{
	char wanted[256];
	snprintf(wanted, sizeof(wanted), "\r\n%s\r\n", line);
	return strcasestr(server.head, wanted) != NULL;
}

static bool body_has(const char *text)
{
	return memmem(server.body, server.body_n, text, strlen(text)) != NULL;
}

/* ---- What is sent --------------------------------------------------------------------------- */

static void protobuf_with_gzip(void **state)
{
	(void)state;
	static const char *const answers[] = {OK};
	static unsigned char plain[1 << 16];
	static const ctel_header headers[] = {
		{"api-key", "1234"}, {"x-empty", ""}, {"bad", "a\nb"}};
	serve_with(answers, 1);
	ctel_stats before = now();
	start_http((ctel_otlp){.headers = headers, .nr_headers = 3});
	assert_int_equal(export_one(), 0);
	assert_int_equal(strncmp(server.head, "POST /v1/traces HTTP/1.1\r\n", 26), 0);
	assert_true(has_header("Content-Type: application/x-protobuf"));
	assert_true(has_header("Content-Encoding: gzip"));
	assert_true(has_header("User-Agent: OTel-OTLP-Exporter-C/" CTEL_VERSION));
	assert_true(has_header("api-key: 1234"));
	assert_true(has_header("x-empty:"));
	assert_null(strcasestr(server.head, "Expect"));
	assert_null(strcasestr(server.head, "\r\nbad:"));
	z_stream z = {.next_in = server.body,
		.avail_in = (uInt)server.body_n,
		.next_out = plain,
		.avail_out = sizeof(plain)};
	assert_int_equal(inflateInit2(&z, 15 + 16), Z_OK);
	assert_int_equal(inflate(&z, Z_FINISH), Z_STREAM_END);
	assert_non_null(memmem(plain, z.total_out, "telemetry.sdk.language", 22));
	assert_non_null(memmem(plain, z.total_out, "sent", 4));
	inflateEnd(&z);
	ctel_stats c = counted(before);
	assert_int_equal(c.exported, 1);
	assert_int_equal(c.bytes, server.body_n);
	stop(state);
	stop_server();
}

static void json_without_compression(void **state)
{
	(void)state;
	static const char *const answers[] = {OK};
	serve_with(answers, 1);
	start_http((ctel_otlp){.encoding = CTEL_JSON, .compression = CTEL_NO_COMPRESSION});
	assert_int_equal(export_one(), 0);
	assert_true(has_header("Content-Type: application/json"));
	assert_null(strcasestr(server.head, "Content-Encoding"));
	cJSON *request = cJSON_ParseWithLength((char *)server.body, server.body_n);
	assert_non_null(cJSON_GetObjectItem(request, "resourceSpans"));
	cJSON_Delete(request);
	stop(state);
	stop_server();
}

static void one_connection_for_all(void **state)
{
	(void)state;
	static const char *const answers[] = {OK};
	serve_with(answers, 1);
	start_http((ctel_otlp){.compression = CTEL_NO_COMPRESSION});
	for (int i = 0; i < 5; i++)
		assert_int_equal(export_one(), 0);
	assert_int_equal(server.nr_requests, 5);
	assert_true(body_has("sent"));
	stop(state);
	stop_server();
}

/* ---- What is sent again --------------------------------------------------------------------- */

static void retryable_answers(void **state)
{
	(void)state;
	static const char *const answers[] = {
		EMPTY("429 Too Many"), EMPTY("502 Bad"), "", EMPTY("503 Busy"), OK};
	serve_with(answers, 5);
	ctel_stats before = now();
	start_http((ctel_otlp){.nr_attempts = 6});
	assert_int_equal(export_one(), 0);
	assert_int_equal(server.nr_requests, 5);
	ctel_stats c = counted(before);
	assert_int_equal(c.exported, 1);
	assert_in_range(
		c.retried, 3, 4); /* libcurl repeats by itself what a kept connection lost */
	stop(state);
	stop_server();
}

static void retry_after(void **state)
{
	(void)state;
	static const char *const answers[] = {
		"HTTP/1.1 503 Busy\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n", OK};
	struct timespec start, end;
	serve_with(answers, 2);
	start_http((ctel_otlp){0});
	clock_gettime(CLOCK_MONOTONIC, &start);
	assert_int_equal(export_one(), 0);
	clock_gettime(CLOCK_MONOTONIC, &end);
	double seconds =
		(double)(end.tv_sec - start.tv_sec) + (double)(end.tv_nsec - start.tv_nsec) / 1e9;
	assert_true(seconds > 0.95 && seconds < 5);
	stop(state);
	stop_server();
}

static void retry_after_beyond_the_timeout(void **state)
{
	(void)state;
	static const char *const answers[] = {
		"HTTP/1.1 503 Busy\r\nRetry-After: 3600\r\nContent-Length: 0\r\n\r\n"};
	serve_with(answers, 1);
	ctel_stats before = now();
	start_http((ctel_otlp){.timeout_ms = 500});
	assert_int_equal(export_one(), -EPROTO);
	assert_int_equal(counted(before).dropped, 1);
	assert_int_equal(server.nr_requests, 1);
	stop(state);
	stop_server();
}

static void final_answers(void **state)
{
	(void)state;
	static const char *const cases[] = {EMPTY("400 Bad Request"), EMPTY("401 Who"),
		EMPTY("404 Where"), EMPTY("500 Oops"), EMPTY("501 No"),
		EMPTY("301 Moved\r\nLocation: /"), "not HTTP at all\r\n\r\n"};
	for (size_t i = 0; i < NR(cases); i++) {
		serve_with(&cases[i], 1);
		ctel_stats before = now();
		start_http((ctel_otlp){0});
		assert_true(export_one() < 0);
		assert_int_equal(server.nr_requests, 1);
		assert_int_equal(counted(before).dropped, 1);
		stop(state);
		stop_server();
	}
}

static void gives_up_after_the_last_attempt(void **state)
{
	(void)state;
	static const char *const answers[] = {EMPTY("503 Busy")};
	serve_with(answers, 1);
	ctel_stats before = now();
	start_http((ctel_otlp){.nr_attempts = 3});
	assert_int_equal(export_one(), -EPROTO);
	assert_int_equal(server.nr_requests, 3);
	assert_int_equal(counted(before).dropped, 1);
	assert_int_equal(counted(before).retried, 2);
	stop(state);
	stop_server();
}

static void receiver_comes_late(void **state)
{
	(void)state;
	static const char *const answers[] = {OK};
	server.answers = answers;
	server.nr_answers = 1;
	listen_on(0); /* refuses, until it listens */
	start_http((ctel_otlp){.nr_attempts = 50, .first_backoff_ms = 50});
	ctel_span_end(ctel_span_start(tracer, "sent", NULL));
	assert_int_equal(ctel_flush(200), -ETIMEDOUT);
	assert_int_equal(listen(server.fd, 8), 0);
	pthread_create(&server.thread, NULL, serve, NULL);
	assert_int_equal(ctel_flush(10000), 0);
	stop(state);
	stop_server();
}

/* ---- Answers that are odd ------------------------------------------------------------------- */

static void partial_success(void **state)
{
	(void)state;
	/* {partial_success {rejected_spans: 1, error_message: "no"}} in both encodings */
	static const char *const answers[] = {"HTTP/1.1 200 OK\r\nContent-Type: "
					      "application/x-protobuf\r\nContent-Length: 8\r\n\r\n"
					      "\x0a\x06\x08\x01\x12\x02no",
		"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 63\r\n\r\n"
		"{\"partialSuccess\": {\"rejectedSpans\": \"2\", \"errorMessage\":\"no\"}}",
		"HTTP/1.1 200 OK\r\nContent-Type: application/x-protobuf\r\nContent-Length: "
		"4\r\n\r\n"
		"\x0a\x7f\x08\xff"};
	serve_with(answers, 3);
	ctel_stats before = now();
	start_http((ctel_otlp){0});
	for (int i = 0; i < 3; i++)
		ctel_span_end(ctel_span_start(tracer, "s", NULL));
	assert_int_equal(ctel_flush(5000), 0);
	ctel_stats c = counted(before);
	assert_int_equal(c.rejected, 1);
	assert_int_equal(c.exported, 2);
	assert_said("1 spans rejected: no");
	for (int i = 0; i < 3; i++)
		ctel_span_end(ctel_span_start(tracer, "s", NULL));
	assert_int_equal(ctel_flush(5000), 0);
	assert_int_equal(counted(before).rejected, 3);
	assert_int_equal(
		export_one(), 0); /* an answer that is not protobuf is a success all the same */
	assert_int_equal(counted(before).rejected, 3);
	assert_int_equal(counted(before).dropped, 3);
	assert_int_equal(server.nr_requests, 3);
	stop(state);
	stop_server();
}

static void cut_and_too_large_answers(void **state)
{
	(void)state;
	static char large[9000] = "HTTP/1.1 200 OK\r\nContent-Length: 8000\r\n\r\n";
	static const char *const cut[] = {
		"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\nabc", OK};
	memset(large + strlen(large), 'x', 8000);
	const char *const answers[] = {large};
	serve_with(answers, 1);
	ctel_stats before = now();
	start_http((ctel_otlp){.max_response = 1000});
	assert_int_equal(export_one(), -E2BIG);
	assert_int_equal(server.nr_requests, 1);
	assert_int_equal(counted(before).dropped, 1);
	stop(state);
	stop_server();
	serve_with(cut, 2);
	start_http((ctel_otlp){0});
	assert_int_equal(export_one(), 0); /* sent again */
	assert_int_equal(server.nr_requests, 2);
	stop(state);
	stop_server();
}

static void receiver_that_hangs(void **state)
{
	(void)state;
	static const char *const answers[] = {"hang"};
	struct timespec start, end;
	serve_with(answers, 1);
	ctel_stats before = now();
	start_http((ctel_otlp){.timeout_ms = 300});
	assert_int_equal(export_one(), -ETIMEDOUT);
	assert_int_equal(counted(before).dropped, 1);
	stop(state);
	start_http((ctel_otlp){0});
	ctel_span_end(ctel_span_start(tracer, "s", NULL));
	clock_gettime(CLOCK_MONOTONIC, &start);
	assert_int_equal(ctel_shutdown(100), -ETIMEDOUT);
	clock_gettime(CLOCK_MONOTONIC, &end);
	assert_true(end.tv_sec - start.tv_sec < 2);
	/* On a busy machine the SDK's thread may come to it after the deadline. */
	for (int i = 0; i < 500 && counted(before).dropped < 2; i++)
		nanosleep(&(struct timespec){0, 10000000}, NULL);
	assert_int_equal(counted(before).dropped, 2);
	stop(state);
	stop_server();
}

static void too_large_to_send(void **state)
{
	(void)state;
	static const char *const answers[] = {OK};
	serve_with(answers, 1);
	start_http((ctel_otlp){.max_request = 100, .compression = CTEL_NO_COMPRESSION});
	assert_int_equal(export_one(), -E2BIG);
	assert_int_equal(server.nr_requests, 0);
	stop(state);
	stop_server();
}

struct durations {
	uint64_t nr_good, nr_rejected, nr_other;
};

static void look(void *user, const char *name, const char *attribute, const ctel_durations *d)
{
	struct durations *out = user;
	assert_string_equal(name, "otel.sdk.exporter.operation.duration");
	if (!*attribute)
		out->nr_good = d->count;
	else if (!strcmp(attribute, "error.type=rejected"))
		out->nr_rejected = d->count;
	else if (!strcmp(attribute, "error.type=_OTHER"))
		out->nr_other = d->count;
}

/* One operation for each request, however many were sent together. */
static void each_request_is_timed(void **state)
{
	(void)state;
	/* The receiver takes one connection after the other. */
	static const char *const answers[] = {EMPTY("200 OK\r\nConnection: close"),
		EMPTY("400 Bad Request\r\nConnection: close"),
		"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n"
		"Content-Length: 40\r\n\r\n"
		"{\"partialSuccess\":{\"rejectedSpans\":\"1\"}}",
		EMPTY("200 OK\r\nConnection: close")};
	struct durations before, after;
	serve_with(answers, 4);
	setenv("no_proxy", "127.0.0.1", 1);
	ctel_otlp o = {.endpoint = url(), .nr_concurrent = 4, .encoding = CTEL_JSON};
	start_with((ctel_config){.processors = {{.exporter = ctel_exporter_otlp_http(&o),
					 .max_batch = 2,
					 .delay_ms = 60000,
					 .max_queue = 64}},
		.no_thread = true});
	ctel_stats_durations(look, &before);
	ctel_stats counts = now();
	listen_to_messages();
	for (int i = 0; i < 8; i++)
		ctel_span_end(ctel_span_start(tracer, "s", NULL));
	assert_true(ctel_flush(10000) < 0);
	ctel_stats_durations(look, &after);
	assert_int_equal(server.nr_requests, 4);
	assert_int_equal(after.nr_good - before.nr_good, 2);
	assert_int_equal(after.nr_other - before.nr_other, 1);
	assert_int_equal(after.nr_rejected - before.nr_rejected, 1);
	assert_int_equal(counted(counts).exported, 5);
	assert_int_equal(counted(counts).dropped, 3);
	assert_int_equal(counted(counts).rejected, 1);
	stop_server();
}

static void by_poll(void **state)
{
	(void)state;
	static const char *const answers[] = {EMPTY("503 Busy"), OK};
	serve_with(answers, 2);
	ctel_exporter *e =
		ctel_exporter_otlp_http(&(ctel_otlp){.endpoint = url(), .first_backoff_ms = 100});
	start_with((ctel_config){
		.no_thread = true, .processors = {{.exporter = e, .delay_ms = 1, .max_batch = 1}}});
	ctel_span_end(ctel_span_start(tracer, "s", NULL));
	int next = 0, rounds = 0;
	while (next >= 0 && rounds++ < 2000)
		next = ctel_poll(5); /* never longer than that, whatever the receiver does */
	assert_int_equal(server.nr_requests, 2);
	assert_true(rounds > 3);
	stop(state);
	stop_server();
}

static void bad_endpoints(void **state)
{
	(void)state;
	listen_to_messages();
	assert_null(ctel_exporter_otlp_http(&(ctel_otlp){.endpoint = "localhost:4318"}));
	assert_said("neither http:// nor https://");
	assert_null(ctel_exporter_otlp_http(&(ctel_otlp){.endpoint = "file:///etc/passwd"}));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(protobuf_with_gzip),
		cmocka_unit_test(json_without_compression),
		cmocka_unit_test(one_connection_for_all),
		cmocka_unit_test(retryable_answers),
		cmocka_unit_test(retry_after),
		cmocka_unit_test(retry_after_beyond_the_timeout),
		cmocka_unit_test(final_answers),
		cmocka_unit_test(gives_up_after_the_last_attempt),
		cmocka_unit_test(receiver_comes_late),
		cmocka_unit_test(partial_success),
		cmocka_unit_test(cut_and_too_large_answers),
		cmocka_unit_test(receiver_that_hangs),
		cmocka_unit_test(too_large_to_send),
		cmocka_unit_test(by_poll),
		cmocka_unit_test(each_request_is_timed),
		cmocka_unit_test(bad_endpoints),
	};
	return cmocka_run_group_tests_name("http", tests, NULL, NULL);
}
