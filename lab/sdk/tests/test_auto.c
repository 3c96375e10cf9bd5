/* libctel-auto.so: a program that knows nothing of tracing, and the trace it leaves. */
#include "support.h"

static cJSON *spans;

/* Runs the program; its spans by name in the file. */
static int run_program(void **state)
{
	(void)state;
#if HAS_ASAN || HAS_TSAN
	return 0; /* a sanitizer wants to be loaded first */
#else
	char command[2048], line[64] = "";
	const char *dir = getenv("CTEL_TEST_LIB");
	if (!dir)
		return -1;
	snprintf(spans_path, sizeof(spans_path), "%s/auto_%ld.jsonl", dir, (long)getpid());
	remove(spans_path);
	snprintf(command, sizeof(command),
		"no_proxy=127.0.0.1 LD_PRELOAD=%s/libctel-auto.so CTEL_FILE=%s %s/auto_program",
		dir, spans_path, dir);
	FILE *f = popen(command, "r");
	if (!f || !fgets(line, sizeof(line), f) || strcmp(line, "done\n") != 0)
		return -1;
	if (pclose(f) != 0)
		return -1;
	spans = read_spans();
	return 0;
#endif
}

static int forget(void **state)
{
	(void)state;
	cJSON_Delete(spans);
	remove(spans_path);
	return 0;
}

#if HAS_ASAN || HAS_TSAN
#define NEEDS_PROGRAM() skip()
#else
#define NEEDS_PROGRAM()
#endif

/* The one span of this kind whose attribute has this value. */
static const cJSON *span_with(int kind, const char *key, const char *value)
{
	const cJSON *span, *found = NULL;
	cJSON_ArrayForEach(span, spans)
	{
		const cJSON *a = find_attribute(span, key);
		if (member(span, "kind")->valueint != kind || !a || !a->child->valuestring ||
			strcmp(a->child->valuestring, value) != 0)
			continue;
		assert_null(found);
		found = span;
	}
	if (!found)
		fail_msg("no span of kind %d with %s=%s", kind, key, value);
	return found;
}

static const char *text_of(const cJSON *span, const char *key)
{
	const cJSON *a = find_attribute(span, key);
	if (!a)
		fail_msg("no attribute %s", key);
	return a->child->valuestring;
}

enum { SERVER = 2, CLIENT = 3 };

static void requests_are_joined(void **state)
{
	(void)state;
	NEEDS_PROGRAM();
	static const char *const paths[] = {"/stock", "/order", "/broken", "/multi"};
	for (size_t i = 0; i < 4; i++) {
		const cJSON *server = span_with(SERVER, "url.path", paths[i]), *client = NULL,
			    *span;
		cJSON_ArrayForEach(span,
			spans) if (member(span, "kind")->valueint == CLIENT &&
				   !strcmp(string(span, "spanId"), string(server, "parentSpanId")))
			client = span;
		assert_non_null(client);
		assert_child_of(server, client);
		assert_non_null(strstr(text_of(client, "url.full"), paths[i]));
		assert_string_equal(text_of(client, "server.address"), "127.0.0.1");
		assert_null(strstr(text_of(client, "url.full"), "secret"));
		assert_string_equal(
			text_of(server, "http.response.status_code"), i == 2 ? "503" : "200");
		assert_string_equal(
			text_of(client, "http.response.status_code"), i == 2 ? "503" : "200");
		/* once POSTFIELDS is set, the handle goes on to POST */
		const char *method = i == 1 || i == 2 ? "POST" : "GET";
		assert_string_equal(string(server, "name"), method);
		assert_string_equal(string(client, "name"), method);
	}
}

static void errors_are_errors(void **state)
{
	(void)state;
	NEEDS_PROGRAM();
	const cJSON *broken = span_with(SERVER, "url.path", "/broken"), *span, *nobody = NULL;
	assert_string_equal(text_of(broken, "error.type"), "503");
	assert_int_equal(member(member(broken, "status"), "code")->valueint, 2);
	cJSON_ArrayForEach(span, spans)
	{
		const cJSON *url = find_attribute(span, "url.full");
		if (url && strstr(url->child->valuestring, "/nobody"))
			nobody = span;
	}
	assert_non_null(nobody);
	assert_string_equal(text_of(nobody, "error.type"), "curl_error");
	const cJSON *sql = span_with(CLIENT, "db.query.text", "SELECT * FROM nowhere");
	assert_string_equal(text_of(sql, "error.type"), "1");
	assert_non_null(strstr(string(member(sql, "status"), "message"), "no such table"));
}

static void statements_belong_to_requests(void **state)
{
	(void)state;
	NEEDS_PROGRAM();
	const cJSON *server = span_with(SERVER, "url.path", "/stock"), *span;
	unsigned nr = 0;
	cJSON_ArrayForEach(span, spans)
	{
		const cJSON *text = find_attribute(span, "db.query.text");
		const cJSON *parent = cJSON_GetObjectItem(span, "parentSpanId");
		if (!text || !parent || strcmp(parent->valuestring, string(server, "spanId")) != 0)
			continue;
		nr++;
		assert_string_equal(string(span, "name"), "SELECT stock");
		assert_string_equal(text->child->valuestring,
			"SELECT name FROM stock WHERE name <> ? AND nr > ?");
		assert_string_equal(text_of(span, "db.system.name"), "sqlite");
		assert_string_equal(text_of(span, "db.collection.name"), "stock");
	}
	assert_int_equal(nr, 2); /* one to its end, one that was left half-way */
	assert_string_equal(
		text_of(span_with(CLIENT, "db.operation.name", "INSERT"), "db.query.text"),
		"INSERT INTO stock VALUES (?, ?), (?, ?)");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(requests_are_joined),
		cmocka_unit_test(errors_are_errors),
		cmocka_unit_test(statements_belong_to_requests),
	};
	return cmocka_run_group_tests_name("auto", tests, run_program, forget);
}
