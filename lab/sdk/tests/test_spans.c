/* Spans as they arrive in the file: identity, times, attributes, events, status, mistakes. */
#include "support.h"

#include <errno.h>
#include <float.h>
#include <locale.h>
#include <math.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

static ctel_tracer *tracer;

static int setup(void **state)
{
	tracer = ctel_tracer_get("tests", "1.0");
	return tracing_on(state);
}

static void ids_are_hex_and_unique(void **state)
{
	(void)state;
	for (int i = 0; i < 1000; i++)
		ctel_span_end(ctel_span_start(tracer, "root", NULL));
	cJSON *spans = read_spans(), *span;
	assert_int_equal(cJSON_GetArraySize(spans), 1000);
	const char *last = "";
	cJSON_ArrayForEach(span, spans)
	{
		const char *trace = string(span, "traceId"), *id = string(span, "spanId");
		assert_int_equal(strlen(trace), 32);
		assert_int_equal(strlen(id), 16);
		assert_int_equal(strspn(trace, "0123456789abcdef"), 32);
		assert_int_equal(strspn(id, "0123456789abcdef"), 16);
		assert_string_not_equal(id, "0000000000000000");
		assert_string_not_equal(id, last);
		assert_null(cJSON_GetObjectItem(span, "parentSpanId"));
		last = id;
	}
	cJSON_Delete(spans);
}

static void request_has_resource_and_scopes(void **state)
{
	(void)state;
	ctel_span_end(ctel_span_start(tracer, "a", NULL));
	ctel_span_end(ctel_span_start(ctel_tracer_get("other", NULL), "b", NULL));
	ctel_span_end(ctel_span_start(tracer, "c", NULL));
	cJSON *requests = read_requests();
	assert_int_equal(cJSON_GetArraySize(requests), 1);
	cJSON *one = cJSON_GetArrayItem(member(requests->child, "resourceSpans"), 0);
	cJSON *resource = member(one, "resource"), *scopes = member(one, "scopeSpans");
	assert_string_equal(
		string(find_attribute(resource, "service.name"), "stringValue"), "test service");
	assert_string_equal(
		string(find_attribute(resource, "telemetry.sdk.name"), "stringValue"), "ctel");
	assert_non_null(find_attribute(resource, "telemetry.sdk.language"));
	assert_non_null(find_attribute(resource, "telemetry.sdk.version"));
	assert_int_equal(cJSON_GetArraySize(scopes), 2);
	cJSON *first = cJSON_GetArrayItem(scopes, 0), *second = cJSON_GetArrayItem(scopes, 1);
	assert_string_equal(string(member(first, "scope"), "name"), "tests");
	assert_string_equal(string(member(first, "scope"), "version"), "1.0");
	assert_int_equal(cJSON_GetArraySize(member(first, "spans")), 2);
	assert_string_equal(string(member(second, "scope"), "name"), "other");
	assert_null(cJSON_GetObjectItem(member(second, "scope"), "version"));
	cJSON_Delete(requests);
}

static void kinds_and_times(void **state)
{
	(void)state;
	for (int kind = CTEL_INTERNAL; kind <= CTEL_CONSUMER; kind++)
		ctel_span_end(ctel_span_start(tracer, "k", &(ctel_start){.kind = (ctel_kind)kind}));
	cJSON *spans = read_spans(), *span;
	int kind = 1;
	cJSON_ArrayForEach(span, spans)
	{
		assert_int_equal(member(span, "kind")->valueint, kind++);
		uint64_t start = strtoull(string(span, "startTimeUnixNano"), NULL, 10);
		uint64_t end = strtoull(string(span, "endTimeUnixNano"), NULL, 10);
		assert_true(start > UINT64_C(1600000000000000000));
		assert_true(end >= start && end - start < UINT64_C(10000000000));
		/* Sampled, random, and known not to be remote. */
		assert_int_equal(member(span, "flags")->valueint, 0x103);
	}
	assert_int_equal(kind, 6);
	cJSON_Delete(spans);
}

static const char *number(const cJSON *span, const char *key)
{
	static char text[64];
	cJSON *value = member(find_attribute(span, key), "doubleValue");
	if (cJSON_IsString(value))
		return value->valuestring;
	snprintf(text, sizeof(text), "%.17g", value->valuedouble);
	return text;
}

static void attribute_types(void **state)
{
	(void)state;
	ctel_span *s = ctel_span_start(tracer, "s", NULL);
	size_t count = 7;
	char buffer[] = "buffer";
	ctel_set(s, "bool", (bool)true);
	ctel_set(s, "int", -5);
	ctel_set(s, "long", INT64_MIN);
	ctel_set(s, "size", count);
	ctel_set(s, "huge", UINT64_MAX);
	ctel_set(s, "double", 0.1);
	ctel_set(s, "float", 0.5f);
	ctel_set(s, "string", "literal");
	ctel_set(s, "buffer", buffer);
	ctel_set(s, "nothing", (const char *)NULL);
	ctel_set(s, "empty", "");
	ctel_set(s, "", "no key");
	ctel_set(s, "again", 1);
	ctel_set(s, "again", "two");
	buffer[0] = 'X';
	ctel_span_end(s);
	cJSON *spans = read_spans(), *span = find_span(spans, "s");
	assert_true(cJSON_IsTrue(member(find_attribute(span, "bool"), "boolValue")));
	assert_string_equal(string(find_attribute(span, "int"), "intValue"), "-5");
	assert_string_equal(
		string(find_attribute(span, "long"), "intValue"), "-9223372036854775808");
	assert_string_equal(string(find_attribute(span, "size"), "intValue"), "7");
	assert_string_equal(
		string(find_attribute(span, "huge"), "intValue"), "9223372036854775807");
	assert_string_equal(number(span, "double"), "0.10000000000000001");
	assert_string_equal(number(span, "float"), "0.5");
	assert_string_equal(string(find_attribute(span, "string"), "stringValue"), "literal");
	assert_string_equal(string(find_attribute(span, "buffer"), "stringValue"), "buffer");
	assert_null(find_attribute(span, "nothing"));
	assert_string_equal(string(find_attribute(span, "empty"), "stringValue"), "");
	assert_null(find_attribute(span, ""));
	assert_string_equal(string(find_attribute(span, "again"), "stringValue"), "two");
	assert_int_equal(cJSON_GetArraySize(member(span, "attributes")), 11);
	cJSON_Delete(spans);
}

static void doubles_survive(void **state)
{
	(void)state;
	static const double values[] = {
		0.0, 1.0 / 3, DBL_MAX, DBL_MIN, -1e-300, 1e21, 123456789.125};
	setlocale(LC_ALL, "de_DE.UTF-8"); /* a comma for the decimal point, where installed */
	ctel_span *s = ctel_span_start(tracer, "s", NULL);
	char key[16];
	for (size_t i = 0; i < sizeof(values) / sizeof(*values); i++) {
		snprintf(key, sizeof(key), "d%zu", i);
		ctel_set(s, key, values[i]);
	}
	ctel_set(s, "nan", (double)NAN);
	ctel_set(s, "inf", (double)-INFINITY);
	ctel_span_end(s);
	setlocale(LC_ALL, "C");
	cJSON *spans = read_spans(), *span = find_span(spans, "s");
	for (size_t i = 0; i < sizeof(values) / sizeof(*values); i++) {
		snprintf(key, sizeof(key), "d%zu", i);
		double back = member(find_attribute(span, key), "doubleValue")->valuedouble;
		assert_memory_equal(&back, &values[i], sizeof(back));
	}
	assert_string_equal(number(span, "nan"), "NaN");
	assert_string_equal(number(span, "inf"), "-Infinity");
	cJSON_Delete(spans);
}

static void strings_are_escaped(void **state)
{
	(void)state;
	static const char nasty[] =
		"quote \" back \\ slash / nl \n tab \t bell \a del \x7f \xc3\xa9 "
		"\xf0\x9f\x90\x99";
	ctel_span *s = ctel_span_start(tracer, nasty, NULL);
	ctel_set(s, nasty, nasty);
	ctel_event(s, nasty);
	ctel_span_status(s, CTEL_ERROR, nasty);
	ctel_span_end(s);
	cJSON *spans = read_spans(), *span = find_span(spans, nasty);
	assert_string_equal(string(find_attribute(span, nasty), "stringValue"), nasty);
	assert_string_equal(string(member(span, "events")->child, "name"), nasty);
	assert_string_equal(string(member(span, "status"), "message"), nasty);
	cJSON_Delete(spans);
}

static void invalid_utf8_is_replaced(void **state)
{
	(void)state;
#define R "\xef\xbf\xbd"
	static const struct {
		const char *in, *out;
	} cases[] = {
		{"a\xff"
		 "b",
			"a" R "b"},
		{"\x80", R},
		{"\xc0\xaf", R R},             /* overlong "/" */
		{"\xe0\x80\x80", R R R},       /* overlong NUL */
		{"\xed\xa0\x80", R R R},       /* surrogate */
		{"\xf4\x90\x80\x80", R R R R}, /* beyond U+10FFFF */
		{"\xe2\x82", R R},             /* cut short by the end */
		{"\xe2\x82\"", R R "\""},      /* cut short by a quote */
		{"\xf0\x9f\x90", R R R},
		{"\xe2\x82\xac\xf4\x8f\xbf\xbf", "\xe2\x82\xac\xf4\x8f\xbf\xbf"},
	};
	ctel_span *s = ctel_span_start(tracer, "s", NULL);
	char key[16];
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		snprintf(key, sizeof(key), "k%zu", i);
		ctel_set(s, key, cases[i].in);
	}
	ctel_span_end(s);
	cJSON *spans = read_spans(), *span = find_span(spans, "s");
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		snprintf(key, sizeof(key), "k%zu", i);
		assert_string_equal(string(find_attribute(span, key), "stringValue"), cases[i].out);
	}
	cJSON_Delete(spans);
}

static void status_rules(void **state)
{
	(void)state;
	ctel_span *s = ctel_span_start(tracer, "plain", NULL);
	ctel_span_end(s);
	s = ctel_span_start(tracer, "error", NULL);
	ctel_span_error(s, "timeout", "after 3 s");
	ctel_span_status(s, CTEL_UNSET, NULL);
	ctel_span_end(s);
	s = ctel_span_start(tracer, "ok is final", NULL);
	ctel_span_error(s, "first", "gone");
	ctel_span_status(s, CTEL_OK, "ignored");
	ctel_span_error(s, "late", "too late");
	ctel_span_end(s);
	s = ctel_span_start(tracer, "unknown", NULL);
	ctel_span_error(s, NULL, NULL);
	ctel_span_end(s);
	cJSON *spans = read_spans();
	assert_null(cJSON_GetObjectItem(find_span(spans, "plain"), "status"));
	cJSON *error = find_span(spans, "error");
	assert_int_equal(member(member(error, "status"), "code")->valueint, 2);
	assert_string_equal(string(member(error, "status"), "message"), "after 3 s");
	assert_string_equal(string(find_attribute(error, "error.type"), "stringValue"), "timeout");
	cJSON *ok = member(find_span(spans, "ok is final"), "status");
	assert_int_equal(member(ok, "code")->valueint, 1);
	assert_null(cJSON_GetObjectItem(ok, "message"));
	cJSON *unknown = find_span(spans, "unknown");
	assert_string_equal(string(find_attribute(unknown, "error.type"), "stringValue"), "_OTHER");
	cJSON_Delete(spans);
}

static void rename_and_events(void **state)
{
	(void)state;
	ctel_span *s = ctel_span_start(tracer, "before", NULL);
	ctel_event(s, "one");
	ctel_event(s, "two");
	ctel_span_rename(s, "after");
	ctel_span_end(s);
	cJSON *spans = read_spans(), *span = find_span(spans, "after");
	cJSON *events = member(span, "events");
	assert_int_equal(cJSON_GetArraySize(events), 2);
	assert_string_equal(string(cJSON_GetArrayItem(events, 1), "name"), "two");
	uint64_t time = strtoull(string(events->child, "timeUnixNano"), NULL, 10);
	assert_true(time >= strtoull(string(span, "startTimeUnixNano"), NULL, 10));
	assert_true(time <= strtoull(string(span, "endTimeUnixNano"), NULL, 10));
	cJSON_Delete(spans);
}

static void limits_are_counted(void **state)
{
	(void)state;
	ctel_span *s = ctel_span_start(tracer, "s", NULL);
	char key[16];
	for (int i = 0; i < 130; i++) {
		snprintf(key, sizeof(key), "k%d", i);
		ctel_set(s, key, i);
		ctel_event(s, key);
	}
	ctel_set(s, "k0", 99); /* replacing still works */
	ctel_span_end(s);
	cJSON *spans = read_spans(), *span = find_span(spans, "s");
	assert_int_equal(cJSON_GetArraySize(member(span, "attributes")), 128);
	assert_int_equal(member(span, "droppedAttributesCount")->valueint, 2);
	assert_int_equal(cJSON_GetArraySize(member(span, "events")), 128);
	assert_int_equal(member(span, "droppedEventsCount")->valueint, 2);
	assert_string_equal(string(find_attribute(span, "k0"), "intValue"), "99");
	cJSON_Delete(spans);
}

static void null_is_fine(void **state)
{
	(void)state;
	ctel_stats before, after;
	ctel_stats_get(&before);
	ctel_span *none = NULL;
	ctel_set(none, "k", 1);
	ctel_event(none, "e");
	ctel_span_error(none, "t", "m");
	ctel_span_status(none, CTEL_OK, NULL);
	ctel_span_rename(none, "n");
	ctel_span_end(none);
	ctel_span_cleanup(&none);
	assert_false(ctel_span_is_recording(none));
	ctel_span_end(ctel_span_start(NULL, NULL, NULL));
	ctel_stats_get(&after);
	assert_int_equal(after.misused, before.misused);
	cJSON *spans = read_spans();
	assert_int_equal(cJSON_GetArraySize(spans), 1);
	cJSON_Delete(spans);
}

static void use_after_end_is_counted(void **state)
{
	(void)state;
	ctel_stats before, after;
	ctel_stats_get(&before);
	ctel_span *s = ctel_span_start(tracer, "ended", NULL);
	ctel_span_end(s);
	ctel_span_end(s);
	ctel_set(s, "late", 1);
	ctel_span *next = ctel_span_start(tracer, "next", NULL); /* takes over the memory */
	ctel_span_rename(s, "stolen");
	ctel_span_end(s);
	assert_true(ctel_span_is_recording(next));
	ctel_span_end(next);
	ctel_stats_get(&after);
	assert_int_equal(after.misused - before.misused, 4);
	assert_int_equal(after.ended - before.ended, 2);
	cJSON *spans = read_spans();
	assert_int_equal(cJSON_GetArraySize(spans), 2);
	assert_null(find_attribute(find_span(spans, "ended"), "late"));
	find_span(spans, "next");
	cJSON_Delete(spans);
}

static void cleanup_ends_once(void **state)
{
	(void)state;
	{
		CTEL_SPAN(early, tracer, "early");
		assert_ptr_equal(ctel_span_current(), early);
		ctel_span_cleanup(&early);
		assert_null(early);
		assert_null(ctel_span_current());
	}
	cJSON *spans = read_spans();
	assert_int_equal(cJSON_GetArraySize(spans), 1);
	cJSON_Delete(spans);
}

static void many_open_spans(void **state)
{
	(void)state;
	enum { NR = 5000 };
	static ctel_span *open[NR];
	for (int i = 0; i < NR; i++)
		assert_non_null(open[i] = ctel_span_start(tracer, "open", NULL));
	for (int i = 0; i < NR; i++) {
		ctel_span_end(open[i]);
		if (i % 1000 == 999)
			assert_int_equal(ctel_flush(1000), 0);
	}
	cJSON *spans = read_spans();
	assert_int_equal(cJSON_GetArraySize(spans), NR);
	cJSON_Delete(spans);
}

static void init_twice_and_off(void **state)
{
	(void)state;
	assert_int_equal(ctel_init("again"), -EALREADY);
	assert_int_equal(ctel_shutdown(1000), 0);
	assert_null(ctel_span_start(tracer, "off", NULL));
	assert_null(ctel_span_enter(tracer, "off"));
	assert_int_equal(ctel_flush(10), 0);
	setenv("CTEL_FILE", "/no/such/directory/spans", 1);
	assert_int_equal(ctel_init("x"), -ENOENT);
	unsetenv("CTEL_FILE");
	assert_int_equal(ctel_init("x"), 0);
	assert_null(ctel_span_start(tracer, "not configured", NULL));
	setenv("CTEL_FILE", spans_path, 1);
	setenv("OTEL_SDK_DISABLED", "true", 1);
	assert_int_equal(ctel_init("x"), 0);
	assert_null(ctel_span_start(tracer, "disabled", NULL));
	unsetenv("OTEL_SDK_DISABLED");
}

/* The next run of spans goes to a pipe; the write end stays with the SDK. */
static int open_pipe(void)
{
	int pipes[2], saved = dup(STDOUT_FILENO);
	ctel_shutdown(1000);
	assert_int_equal(pipe(pipes), 0);
	fflush(stdout);
	dup2(pipes[1], STDOUT_FILENO);
	setenv("CTEL_FILE", "-", 1);
	int rc = ctel_init("x");
	dup2(saved, STDOUT_FILENO);
	close(saved);
	close(pipes[1]);
	assert_int_equal(rc, 0);
	return pipes[0];
}

static void slow_reader_keeps_lines_whole(void **state)
{
	(void)state;
	FORKS_WITH_THREADS();
	int from = open_pipe();
	for (int i = 0; i < 2000; i++) /* about 400 KB: much more than a pipe holds */
		ctel_span_end(ctel_span_start(tracer, "piped", NULL));
	assert_int_equal(ctel_flush(10), -ETIMEDOUT);
	pid_t reader = fork();
	if (reader == 0) {
		FILE *f = fdopen(from, "r");
		char *line = NULL;
		size_t cap = 0;
		int nr = 0;
		/* This child holds a copy of the write end: four batches, not the end of file. */
		while (nr < 4 && getline(&line, &cap, f) > 0) {
			cJSON *request = cJSON_Parse(line);
			if (!request)
				_exit(1);
			cJSON_Delete(request);
			nr++;
		}
		child_exits(nr == 4 ? 0 : 2);
	}
	close(from);
	int status;
	assert_int_equal(ctel_flush(5000), 0);
	assert_int_equal(waitpid(reader, &status, 0), reader);
	assert_int_equal(status, 0);
}

static void reader_that_has_gone(void **state)
{
	(void)state;
	ctel_stats before, after;
	close(open_pipe());
	ctel_stats_get(&before);
	ctel_span_end(ctel_span_start(tracer, "unheard", NULL));
	assert_int_equal(ctel_flush(1000), -EPIPE);
	ctel_stats_get(&after);
	assert_int_equal(after.dropped - before.dropped, 1);
}

static void full_disk_spoils_one_line(void **state)
{
	(void)state;
	struct rlimit unlimited, small;
	struct stat st;
	getrlimit(RLIMIT_FSIZE, &unlimited);
	small = unlimited;
	signal(SIGXFSZ, SIG_IGN);
	ctel_span_end(ctel_span_start(tracer, "whole", NULL));
	assert_int_equal(ctel_flush(1000), 0);
	assert_int_equal(stat(spans_path, &st), 0);
	small.rlim_cur = (rlim_t)st.st_size + 100;
	setrlimit(RLIMIT_FSIZE, &small);
	ctel_span_end(ctel_span_start(tracer, "torn", NULL));
	int rc = ctel_flush(1000);
	setrlimit(RLIMIT_FSIZE, &unlimited);
	assert_int_equal(rc, -EFBIG);
	ctel_span_end(ctel_span_start(tracer, "after", NULL));
	assert_int_equal(ctel_flush(1000), 0);
	FILE *f = fopen(spans_path, "r");
	char *line = NULL;
	size_t cap = 0;
	assert_true(getline(&line, &cap, f) > 0 && strstr(line, "\"whole\""));
	assert_true(getline(&line, &cap, f) > 0 && !strstr(line, "]}]}]}"));
	assert_true(getline(&line, &cap, f) > 0 && strstr(line, "\"after\""));
	cJSON *request = cJSON_Parse(line);
	assert_non_null(request);
	assert_int_equal(getline(&line, &cap, f), -1);
	cJSON_Delete(request);
	free(line);
	fclose(f);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, tracing_off)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(ids_are_hex_and_unique),
		TEST(request_has_resource_and_scopes),
		TEST(kinds_and_times),
		TEST(attribute_types),
		TEST(doubles_survive),
		TEST(strings_are_escaped),
		TEST(invalid_utf8_is_replaced),
		TEST(status_rules),
		TEST(rename_and_events),
		TEST(limits_are_counted),
		TEST(null_is_fine),
		TEST(use_after_end_is_counted),
		TEST(cleanup_ends_once),
		TEST(many_open_spans),
		TEST(init_twice_and_off),
		TEST(slow_reader_keeps_lines_whole),
		TEST(reader_that_has_gone),
		TEST(full_disk_spoils_one_line),
	};
	return cmocka_run_group_tests_name("spans", tests, NULL, NULL);
}
