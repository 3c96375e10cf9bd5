/* The shop, run as a program: its traces say what its summary says; a payment over HTTP carries
 * context and baggage; a provider that is not there is an error in the trace.
 * LAB_BUILD names the directory of the built programs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include <cjson/cJSON.h>

static const char *build(void)
{
	const char *dir = getenv("LAB_BUILD");
	if (!dir)
		fail_msg("LAB_BUILD is not set: run make test-lab");
	return dir;
}

/* Runs one of the programs; its standard output, to be freed. */
static char *run(const char *kind, const char *payment_url)
{
	char command[1024], *output = NULL;
	size_t cap = 0;
	snprintf(command, sizeof(command),
		"rm -f %s/test.jsonl; no_proxy=127.0.0.1 OTEL_BSP_MAX_QUEUE_SIZE=65536 "
		"CTEL_FILE=%s/test.jsonl PAYMENT_URL='%s' "
		"%s/checkout-%s --seed 7 --orders 60 --db :memory: 2>/dev/null",
		build(), build(), payment_url, build(), kind);
	FILE *f = popen(command, "r");
	assert_non_null(f);
	assert_true(getdelim(&output, &cap, '\0', f) > 0);
	assert_int_equal(pclose(f), 0);
	return output;
}

static cJSON *member(const cJSON *object, const char *name)
{
	cJSON *item = cJSON_GetObjectItemCaseSensitive(object, name);
	if (!item)
		fail_msg("no member \"%s\"", name);
	return item;
}

/* The spans of the last run. */
static cJSON *read_spans(void)
{
	char path[512], *line = NULL;
	size_t cap = 0;
	cJSON *spans = cJSON_CreateArray(), *resource, *scope, *span;
	snprintf(path, sizeof(path), "%s/test.jsonl", build());
	FILE *f = fopen(path, "r");
	assert_non_null(f);
	while (getline(&line, &cap, f) > 0) {
		cJSON *request = cJSON_Parse(line);
		assert_non_null(request);
		cJSON_ArrayForEach(resource, member(request, "resourceSpans"))
			cJSON_ArrayForEach(scope, member(resource, "scopeSpans"))
				cJSON_ArrayForEach(span, member(scope, "spans"))
					cJSON_AddItemToArray(spans, cJSON_Duplicate(span, 1));
		cJSON_Delete(request);
	}
	free(line);
	fclose(f);
	return spans;
}

static const char *name_of(const cJSON *span)
{
	return cJSON_GetStringValue(member(span, "name"));
}

/* A string attribute, or NULL. */
static const char *attribute(const cJSON *span, const char *key)
{
	cJSON *a;
	cJSON_ArrayForEach(a, cJSON_GetObjectItemCaseSensitive(span, "attributes")) if (
		!strcmp(cJSON_GetStringValue(member(a, "key")),
			key)) return cJSON_GetStringValue(cJSON_GetObjectItem(member(a, "value"),
		"stringValue"));
	return NULL;
}

static int is_error(const cJSON *span)
{
	cJSON *status = cJSON_GetObjectItemCaseSensitive(span, "status");
	return status && member(status, "code")->valueint == 2;
}

/* The sum of the numbers that stand before this word in the summary: "3 orders", "2 out_of_stock".
 */
static int summary_count(const char *summary, const char *word)
{
	int sum = 0;
	for (const char *at = summary; (at = strstr(at, word)); at++) {
		const char *start = at - 1;
		while (start > summary && start[-1] >= '0' && start[-1] <= '9')
			start--;
		sum += atoi(start);
	}
	return sum;
}

static void same_seed_same_day(void **state)
{
	(void)state;
	char *first = run("right", ""), *again = run("right", ""), *over = run("over", "");
	assert_string_equal(first, again);
	assert_string_equal(first, over);
	free(first);
	free(again);
	free(over);
}

static void right_says_what_happened(void **state)
{
	(void)state;
	char *summary = run("right", "");
	cJSON *spans = read_spans(), *span;
	int nr_orders = 0, nr_failed = 0, nr_v2_errors = 0;
	cJSON_ArrayForEach(span, spans)
	{
		const char *name = name_of(span), *type = attribute(span, "error.type");
		assert_non_null(attribute(span, "tenant.id"));
		assert_non_null(attribute(span, "app.order.id"));
		assert_int_equal(is_error(span), type != NULL);
		if (!strcmp(name, "place order")) {
			assert_non_null(attribute(span, "user.hash"));
			assert_null(cJSON_GetObjectItem(span, "parentSpanId"));
			nr_orders++;
			nr_failed += is_error(span);
			if (type && !strcmp(type, "provider_error")) {
				assert_string_equal(attribute(span, "tenant.id"), "globex");
				nr_v2_errors++;
			}
		} else {
			assert_true(!strcmp(name, "charge payment") ||
				    !strcmp(name, "reserve inventory"));
			member(span, "parentSpanId");
		}
	}
	assert_int_equal(nr_orders, 60);
	assert_int_equal(nr_orders - nr_failed, summary_count(summary, " orders"));
	assert_int_equal(nr_v2_errors, summary_count(summary, " provider_error"));
	assert_true(nr_v2_errors > 0);
	cJSON_Delete(spans);
	free(summary);
}

static void over_buries_it(void **state)
{
	(void)state;
	free(run("over", ""));
	cJSON *spans = read_spans(), *span;
	int nr_orders = 0, nr_without_tenant = 0, nr_dynamic = 0;
	cJSON_ArrayForEach(span, spans)
	{
		nr_dynamic += !strncmp(name_of(span), "process_item_", 13);
		if (strcmp(name_of(span), "place_order") != 0)
			continue;
		nr_orders++;
		nr_without_tenant += !is_error(span) && !attribute(span, "tenant.id");
	}
	assert_int_equal(nr_orders, 60);
	assert_true(nr_without_tenant > 0);
	assert_true(nr_dynamic > 0);
	assert_true(cJSON_GetArraySize(spans) > 60 * 50);
	cJSON_Delete(spans);
}

/* ---- A payment provider over HTTP ---------------------------------------------------------- */

enum { MAX_REQUESTS = 200 };

static struct {
	int socket;
	int nr;
	char traceparent[MAX_REQUESTS][64], tenant[MAX_REQUESTS][32], order[MAX_REQUESTS][32];
} provider;

/* What follows `prefix`, up to a character of `stop`. */
static void copy_after(
	const char *text, const char *prefix, const char *stop, char *out, size_t size)
{
	const char *at = text ? strstr(text, prefix) : NULL;
	snprintf(out, size, "%.*s", at ? (int)strcspn(at + strlen(prefix), stop) : 0,
		at ? at + strlen(prefix) : "");
}

/* One request, whole: head and as many bytes of body as it announces. */
static void read_request(int fd, char *out, size_t size)
{
	size_t n = 0;
	out[0] = '\0';
	for (;;) {
		ssize_t got = recv(fd, out + n, size - 1 - n, 0);
		if (got <= 0)
			return;
		n += (size_t)got;
		out[n] = '\0';
		const char *body = strstr(out, "\r\n\r\n"),
			   *length = strstr(out, "Content-Length: ");
		if (body && length && strlen(body + 4) >= (size_t)atoi(length + 16))
			return;
	}
}

/* Refuses every card of umbrella, and takes the others. */
static void *provide(void *unused)
{
	(void)unused;
	int fd;
	while ((fd = accept(provider.socket, NULL, NULL)) >= 0) {
		static const char *const answers[] = {
			"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 32\r\n\r\n"
			"status=approved&reference=p-0001",
			"HTTP/1.1 402 Payment Required\r\nConnection: close\r\nContent-Length: "
			"15\r\n\r\n"
			"status=declined",
		};
		char request[4096];
		int i = provider.nr;
		read_request(fd, request, sizeof(request));
		if (i < MAX_REQUESTS) {
			copy_after(request, "\r\ntraceparent: ", "\r", provider.traceparent[i],
				sizeof(provider.traceparent[i]));
			copy_after(strstr(request, "\r\nbaggage: "), "tenant.id=", "\r,",
				provider.tenant[i], sizeof(provider.tenant[i]));
			copy_after(request, "&order=", "&", provider.order[i],
				sizeof(provider.order[i]));
			provider.nr++;
		}
		const char *answer = answers[strstr(request, "merchant=umbrella&") != NULL];
		send(fd, answer, strlen(answer), MSG_NOSIGNAL);
		close(fd);
	}
	return NULL;
}

static void check_request(const cJSON *spans, int i)
{
	cJSON *span;
	cJSON_ArrayForEach(span, spans)
	{
		const char *order = attribute(span, "app.order.id");
		if (strcmp(name_of(span), "charge payment") != 0 ||
			strcmp(order, provider.order[i]) != 0)
			continue;
		char expected[64];
		snprintf(expected, sizeof(expected), "00-%s-%s-03",
			cJSON_GetStringValue(member(span, "traceId")),
			cJSON_GetStringValue(member(span, "spanId")));
		assert_string_equal(provider.traceparent[i], expected);
		assert_string_equal(provider.tenant[i], attribute(span, "tenant.id"));
		assert_int_equal(member(span, "kind")->valueint, 3);
		assert_int_equal(is_error(span), !strcmp(provider.tenant[i], "umbrella"));
		return;
	}
	fail_msg("no span for the payment of order \"%s\"", provider.order[i]);
}

static void payment_carries_context(void **state)
{
	(void)state;
	struct sockaddr_in address = {
		.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t size = sizeof(address);
	pthread_t thread;
	char url[64];
	provider.socket = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	assert_int_equal(bind(provider.socket, (struct sockaddr *)&address, size), 0);
	assert_int_equal(listen(provider.socket, 8), 0);
	assert_int_equal(getsockname(provider.socket, (struct sockaddr *)&address, &size), 0);
	assert_int_equal(pthread_create(&thread, NULL, provide, NULL), 0);
	snprintf(url, sizeof(url), "http://127.0.0.1:%d/charge", ntohs(address.sin_port));
	char *summary = run("right", url);
	shutdown(provider.socket, SHUT_RDWR);
	pthread_join(thread, NULL);
	close(provider.socket);
	assert_non_null(strstr(summary, "umbrella    0 orders"));
	assert_int_equal(summary_count(summary, " provider_error"), 0);
	cJSON *spans = read_spans();
	int nr_charged =
		summary_count(summary, " orders") + summary_count(summary, " card_declined");
	assert_int_equal(provider.nr, nr_charged);
	assert_true(nr_charged > 10);
	for (int i = 0; i < provider.nr; i++)
		check_request(spans, i);
	cJSON_Delete(spans);
	free(summary);
}

static void provider_is_down(void **state)
{
	(void)state;
	char *summary = run("right", "http://127.0.0.1:1/charge");
	cJSON *spans = read_spans(), *span;
	int nr = 0;
	cJSON_ArrayForEach(span, spans) if (!strcmp(name_of(span), "charge payment"))
	{
		assert_string_equal(attribute(span, "error.type"), "provider_error");
		nr++;
	}
	assert_int_equal(summary_count(summary, " orders"), 0);
	assert_int_equal(summary_count(summary, " provider_error"), nr);
	assert_true(nr > 10);
	cJSON_Delete(spans);
	free(summary);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(same_seed_same_day),
		cmocka_unit_test(right_says_what_happened),
		cmocka_unit_test(over_buries_it),
		cmocka_unit_test(payment_carries_context),
		cmocka_unit_test(provider_is_down),
	};
	return cmocka_run_group_tests_name("shop", tests, NULL, NULL);
}
