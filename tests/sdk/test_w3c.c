/* What W3C Trace Context, levels 1 and 2, asks of a participant, case by case: a request comes with
 * headers, the service makes a request of its own, and that one's headers are looked at. The cases
 * are those of the W3C's own suite; conformance.sh runs that suite itself. */
#include <ctel/ctel.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define TRACE  "12345678901234567890123456789012"
#define PARENT "1234567890123456"
#define VALID  "00-" TRACE "-" PARENT "-01"

/* What came in and what went out. */
struct headers {
	const char *traceparent, *tracestate;
	char out_parent[256], out_state[4096];
	int nr_parents;
};

static const char *get(void *carrier, const char *name)
{
	struct headers *h = carrier;

	if (strcmp(name, "traceparent") == 0)
		return h->traceparent;
	return strcmp(name, "tracestate") == 0 ? h->tracestate : NULL;
}

static void set(void *carrier, const char *name, const char *value)
{
	struct headers *h = carrier;

	if (strcmp(name, "traceparent") == 0) {
		h->nr_parents++;
		snprintf(h->out_parent, sizeof(h->out_parent), "%s", value);
	} else if (strcmp(name, "tracestate") == 0) {
		snprintf(h->out_state, sizeof(h->out_state), "%s", value);
	}
}

static bool is_hex(const char *s, size_t n)
{
	return strspn(s, "0123456789abcdef") >= n;
}

/* A service that is called with these headers and calls another one. */
static struct headers pass_on(const char *traceparent, const char *tracestate)
{
	struct headers h = {.traceparent = traceparent, .tracestate = tracestate};
	ctel_tracer *t = ctel_tracer_get("w3c", NULL);
	CTEL_CTX(remote, ctel_extract(get, &h));
	ctel_span *server =
		ctel_span_start(t, "server", &(ctel_start){.parent = &remote, .kind = CTEL_SERVER});
	ctel_ctx inner = ctel_ctx_with_span(server);
	ctel_span *client =
		ctel_span_start(t, "client", &(ctel_start){.parent = &inner, .kind = CTEL_CLIENT});
	const char *p = h.out_parent;

	ctel_inject(ctel_ctx_with_span(client), set, &h);
	ctel_span_end(client);
	ctel_span_end(server);
	/* whatever came in, what goes out is valid */
	assert_int_equal(h.nr_parents, 1);
	assert_int_equal(strlen(p), 55);
	assert_true(memcmp(p, "00-", 3) == 0 && p[35] == '-' && p[52] == '-');
	assert_true(is_hex(p + 3, 32) && is_hex(p + 36, 16) && is_hex(p + 53, 2));
	assert_memory_not_equal(p + 3, "00000000000000000000000000000000", 32);
	assert_memory_not_equal(p + 36, "0000000000000000", 16);
	assert_memory_not_equal(p + 36, PARENT, 16);
	return h;
}

static bool continues(const struct headers *h)
{
	return memcmp(h->out_parent + 3, TRACE, 32) == 0;
}

/* ---- traceparent ----------------------------------------------------------------------------- */

static void valid_traceparent_is_continued(void **state)
{
	static const char *const valid[] = {
		VALID,
		"00-" TRACE "-" PARENT "-00",
		"00-" TRACE "-" PARENT "-ff",
		" " VALID,
		"\t" VALID,
		VALID " ",
		VALID "\t",
		"\t " VALID " \t",
		/* of a later version, which may have more behind a dash */
		"01-" TRACE "-" PARENT "-01",
		"cc-" TRACE "-" PARENT "-01",
		"cc-" TRACE "-" PARENT "-01-what-the-future-will-be-like",
		"fe-" TRACE "-" PARENT "-01-",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(valid) / sizeof(*valid); i++) {
		struct headers h = pass_on(valid[i], NULL);

		if (!continues(&h))
			fail_msg("not continued: \"%s\"", valid[i]);
	}
}

static void broken_traceparent_starts_a_new_trace(void **state)
{
	static const char *const broken[] = {
		NULL,
		"",
		" ",
		"-",
		"00",
		/* two headers, joined */
		"00-12345678901234567890123456789011-" PARENT "-01," VALID,
		VALID "," VALID,
		/* version */
		"ff-" TRACE "-" PARENT "-01",
		".0-" TRACE "-" PARENT "-01",
		"0.-" TRACE "-" PARENT "-01",
		"000-" TRACE "-" PARENT "-01",
		"0000-" TRACE "-" PARENT "-01",
		"0-" TRACE "-" PARENT "-01",
		"CC-" TRACE "-" PARENT "-01",
		"cc-" TRACE "-" PARENT "-01.what-the-future-will-be-like",
		"cc-" TRACE "-" PARENT "-010",
		"00-" TRACE "-" PARENT "-01.",
		"00-" TRACE "-" PARENT "-01-what-the-future-will-be-like",
		"00-" TRACE "-" PARENT "-01-",
		/* trace id */
		"00-00000000000000000000000000000000-" PARENT "-01",
		"00-.2345678901234567890123456789012-" PARENT "-01",
		"00-1234567890123456789012345678901.-" PARENT "-01",
		"00-123456789012345678901234567890123-" PARENT "-01",
		"00-1234567890123456789012345678901-" PARENT "-01",
		"00-1234567890ABCDEF1234567890123456-" PARENT "-01",
		/* parent id */
		"00-" TRACE "-0000000000000000-01",
		"00-" TRACE "-.234567890123456-01",
		"00-" TRACE "-123456789012345.-01",
		"00-" TRACE "-12345678901234567-01",
		"00-" TRACE "-123456789012345-01",
		"00-" TRACE "-123456789ABCDEF0-01",
		/* flags */
		"00-" TRACE "-" PARENT "-.0",
		"00-" TRACE "-" PARENT "-0.",
		"00-" TRACE "-" PARENT "-001",
		"00-" TRACE "-" PARENT "-1",
		"00-" TRACE "-" PARENT "-",
		"00-" TRACE "-" PARENT,
		"00-" TRACE "-" PARENT "-AA",
		/* the dashes */
		"00_" TRACE "-" PARENT "-01",
		"00-" TRACE "_" PARENT "-01",
		"00-" TRACE "-" PARENT "_01",
		"00- " TRACE "-" PARENT "-01",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(broken) / sizeof(*broken); i++) {
		struct headers h = pass_on(broken[i], "foo=1");

		if (memcmp(h.out_parent + 3, "1234567890", 10) == 0)
			fail_msg("continued: \"%s\"", broken[i]);
		/* and a tracestate without its traceparent means nothing */
		if (*h.out_state)
			fail_msg("\"%s\" keeps the tracestate \"%s\"", broken[i], h.out_state);
	}
}

static void each_request_has_an_id_of_its_own(void **state)
{
	static const char *const of[] = {
		VALID, NULL, "00-00000000000000000000000000000000-" PARENT "-01"};

	(void)state;
	for (size_t i = 0; i < sizeof(of) / sizeof(*of); i++) {
		struct headers a = pass_on(of[i], NULL), b = pass_on(of[i], NULL);

		assert_memory_not_equal(a.out_parent + 36, b.out_parent + 36, 16);
		assert_int_equal(memcmp(a.out_parent + 3, b.out_parent + 3, 32) == 0, i == 0);
	}
}

static void sampled_flag_is_passed_on(void **state)
{
	struct headers h;

	(void)state;
	h = pass_on("00-" TRACE "-" PARENT "-01", NULL);
	assert_int_equal(h.out_parent[54] & 1, 1);
	h = pass_on("00-" TRACE "-" PARENT "-00", NULL);
	assert_string_equal(h.out_parent + 53, "00");
}

/* Level 2 */
static void random_flag_is_passed_on(void **state)
{
	struct headers h;

	(void)state;
	h = pass_on("00-" TRACE "-" PARENT "-02", NULL);
	assert_true(continues(&h));
	assert_string_equal(h.out_parent + 53, "02");
	h = pass_on("00-" TRACE "-" PARENT "-03", NULL);
	assert_string_equal(h.out_parent + 53, "03");
	/* other bits mean nothing yet and are not passed on */
	h = pass_on("00-" TRACE "-" PARENT "-fd", NULL);
	assert_string_equal(h.out_parent + 53, "01");
	/* whose last seven bytes are random says so */
	h = pass_on(NULL, NULL);
	assert_string_equal(h.out_parent + 53, "03");
}

/* ---- tracestate ------------------------------------------------------------------------------ */

static void valid_tracestate_is_passed_on(void **state)
{
	static const struct {
		const char *in, *out;
	} valid[] = {
		{"foo=1", "foo=1"},
		{"foo=1,bar=2", "foo=1,bar=2"},
		{"foo=1,bar=2,rojo=1,congo=2,baz=3", "foo=1,bar=2,rojo=1,congo=2,baz=3"},
		{"foo=1 \t , \t bar=2, \t baz=3", "foo=1,bar=2,baz=3"},
		{"foo=1\t \t,\t \tbar=2,\t \tbaz=3", "foo=1,bar=2,baz=3"},
		{" foo=1", "foo=1"},
		{"\tfoo=1", "foo=1"},
		{"foo=1 ", "foo=1"},
		{"foo=1\t", "foo=1"},
		{"\t foo=1 \t", "foo=1"},
		{"foo=1,", "foo=1"},
		{",foo=1", "foo=1"},
		{"foo=1,,bar=2", "foo=1,bar=2"},
		/* keys: a letter or, since level 2, a digit first; at signs anywhere behind it */
		{"1a-_*/=1", "1a-_*/=1"},
		{"t1@v=1", "t1@v=1"},
		{"foo@=1", "foo@=1"},
		{"foo@@bar=1", "foo@@bar=1"},
		{"foo@bar@baz=1", "foo@bar@baz=1"},
		/* spaces in the middle of a value belong to it */
		{"foo=a b", "foo=a b"},
		{"foo=!\"#$%&'()*+-./:;<>?@[\\]^_`{|}~", "foo=!\"#$%&'()*+-./:;<>?@[\\]^_`{|}~"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(valid) / sizeof(*valid); i++) {
		struct headers h = pass_on(VALID, valid[i].in);
		char squeezed[512], *to = squeezed;

		assert_true(continues(&h));
		/* optional white space around commas may be kept */
		for (const char *c = h.out_state; *c && to < squeezed + 500; c++)
			if ((*c != ' ' && *c != '\t') || strchr(valid[i].out, ' '))
				*to++ = *c;
		*to = 0;
		while (to > squeezed && to[-1] == ',')
			*--to = 0;
		if (strcmp(squeezed, valid[i].out) != 0)
			fail_msg("\"%s\" became \"%s\"", valid[i].in, h.out_state);
	}
}

static void broken_tracestate_is_left_out(void **state)
{
	static const char *const broken[] = {
		"",
		" ",
		",",
		"foo",
		"=1",
		"foo=",
		"foo=,bar=3",
		"foo=bar=baz",
		"foo =1",
		"FOO=1",
		"foo.bar=1",
		"foo@=1,foo.bar=1",
		"@foo=1",
		"@=1",
		"foo=1,bar",
		"foo=\x7f",
		"foo=\xc3\xbc",
		"fo\xc3\xbc=1",
		"foo=a\tb",
		"_foo=1",
		"-foo=1",
		"*foo=1",
		"/foo=1",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(broken) / sizeof(*broken); i++) {
		struct headers h = pass_on(VALID, broken[i]);

		if (!continues(&h))
			fail_msg("\"%s\": the traceparent goes with it", broken[i]);
		if (*h.out_state)
			fail_msg("\"%s\" became \"%s\"", broken[i], h.out_state);
	}
}

static void twice_the_same_key(void **state)
{
	static const char *const twice[] = {"foo=1,foo=1", "foo=1,foo=2"};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct headers h = pass_on(VALID, twice[i]);

		assert_true(continues(&h));
		assert_true(strstr(h.out_state, "foo=1") || strstr(h.out_state, "foo=2"));
	}
}

static void thirty_two_members(void **state)
{
	char many[1024] = "";
	struct headers h;

	(void)state;
	for (int i = 1; i <= 32; i++)
		sprintf(many + strlen(many), "%sbar%02d=%02d", i > 1 ? "," : "", i, i);
	h = pass_on(VALID, many);
	assert_string_equal(h.out_state, many);
	strcat(many, ",bar33=33");
	h = pass_on(VALID, many);
	assert_string_equal(h.out_state, "");
}

static void lengths(void **state)
{
	char key[300], in[1200];
	struct headers h;

	(void)state;
	/* 256 characters of key, with or without an at sign; one more is too many */
	memset(key, 'z', sizeof(key));
	key[256] = 0;
	snprintf(in, sizeof(in), "foo=1,%s=1", key);
	h = pass_on(VALID, in);
	assert_string_equal(h.out_state, in);
	key[241] = '@';
	snprintf(in, sizeof(in), "foo=1,%s=1", key);
	h = pass_on(VALID, in);
	assert_string_equal(h.out_state, in);
	key[241] = 'z';
	key[256] = 'z';
	key[257] = 0;
	snprintf(in, sizeof(in), "foo=1,%s=1", key);
	h = pass_on(VALID, in);
	assert_string_equal(h.out_state, "");
	/* 256 characters of value; one more is too many */
	key[256] = 0;
	snprintf(in, sizeof(in), "foo=%s", key);
	h = pass_on(VALID, in);
	assert_string_equal(h.out_state, in);
	strcat(in, "z");
	h = pass_on(VALID, in);
	assert_string_equal(h.out_state, "");
}

static void at_least_512_characters_are_passed_on(void **state)
{
	char in[600];
	struct headers h;

	(void)state;
	memset(in, 'v', sizeof(in));
	memcpy(in, "a=", 2);
	memcpy(in + 250, ",b=", 3);
	memcpy(in + 500, ",c=", 3);
	in[512] = 0;
	h = pass_on(VALID, in);
	assert_string_equal(h.out_state, in);
}

static int tracing_on(void **state)
{
	ctel_config config = {.service_name = "w3c"};
	ctel_memory *memory = ctel_memory_new();

	*state = memory;
	config.processors[0].exporter = ctel_exporter_memory(memory);
	return ctel_init_with(&config);
}

static int tracing_off(void **state)
{
	ctel_shutdown(1000);
	ctel_memory_free(*state);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(valid_traceparent_is_continued),
		cmocka_unit_test(broken_traceparent_starts_a_new_trace),
		cmocka_unit_test(each_request_has_an_id_of_its_own),
		cmocka_unit_test(sampled_flag_is_passed_on),
		cmocka_unit_test(random_flag_is_passed_on),
		cmocka_unit_test(valid_tracestate_is_passed_on),
		cmocka_unit_test(broken_tracestate_is_left_out),
		cmocka_unit_test(twice_the_same_key),
		cmocka_unit_test(thirty_two_members),
		cmocka_unit_test(lengths),
		cmocka_unit_test(at_least_512_characters_are_passed_on),
	};

	return cmocka_run_group_tests(tests, tracing_on, tracing_off);
}
