/* traceparent, tracestate and baggage: what is read, what is refused, what is written. */
#include "support.h"

#define TRACE  "0af7651916cd43dd8448eb211c80319c"
#define PARENT "b7ad6b7169203331"
#define VALID  "00-" TRACE "-" PARENT "-01"

static ctel_tracer *tracer;
static struct headers in, out;

static int setup(void **state)
{
	tracer = ctel_tracer_get("tests", NULL);
	memset(&in, 0, sizeof(in));
	memset(&out, 0, sizeof(out));
	return tracing_on(state);
}

/* In through extract, out through inject, without a span between. */
static void pass(void)
{
	memset(&out, 0, sizeof(out));
	CTEL_CTX(ctx, ctel_extract(get_header, &in));
	ctel_inject(ctx, set_header, &out);
}

static void give(const char *traceparent, const char *tracestate, const char *baggage)
{
	memset(&in, 0, sizeof(in));
	if (traceparent)
		set_header(&in, "traceparent", traceparent);
	if (tracestate)
		set_header(&in, "tracestate", tracestate);
	if (baggage)
		set_header(&in, "baggage", baggage);
	pass();
}

static void remote_parent(void **state)
{
	(void)state;
	set_header(&in, "traceparent", VALID);
	set_header(&in, "tracestate", "a=1, b=2 ,,\tc=3");
	CTEL_CTX(remote, ctel_extract(get_header, &in));
	ctel_scope scope = ctel_ctx_attach(remote);
	assert_null(ctel_span_current());
	ctel_span *s = ctel_span_enter(tracer, "server");
	ctel_inject(ctel_ctx_current(), set_header, &out);
	ctel_span_end(s);
	ctel_ctx_detach(scope);
	cJSON *spans = read_spans(), *span = find_span(spans, "server");
	assert_string_equal(string(span, "traceId"), TRACE);
	assert_string_equal(string(span, "parentSpanId"), PARENT);
	assert_string_equal(string(span, "traceState"), "a=1,b=2,c=3");
	assert_int_equal(member(span, "flags")->valueint, 0x301);
	char expected[64];
	snprintf(expected, sizeof(expected), "00-" TRACE "-%s-01", string(span, "spanId"));
	assert_string_equal(out.traceparent, expected);
	assert_string_equal(out.tracestate, "a=1,b=2,c=3");
	assert_false(out.has_baggage);
	cJSON_Delete(spans);
}

static void unsampled_parent_records_nothing(void **state)
{
	(void)state;
	set_header(&in, "traceparent", "00-" TRACE "-" PARENT "-00");
	CTEL_CTX(remote, ctel_extract(get_header, &in));
	ctel_span *s = ctel_span_start(tracer, "silent", &(ctel_start){.parent = &remote});
	assert_non_null(s);
	assert_false(ctel_span_is_recording(s));
	ctel_set(s, "k", 1);
	ctel_inject(ctel_ctx_with_span(s), set_header, &out);
	ctel_span_end(s);
	assert_memory_equal(out.traceparent, "00-" TRACE "-", 36);
	assert_memory_not_equal(out.traceparent + 36, PARENT, 16);
	assert_string_equal(out.traceparent + 52, "-00");
	cJSON *spans = read_spans();
	assert_int_equal(cJSON_GetArraySize(spans), 0);
	cJSON_Delete(spans);
}

static void traceparent_accepted(void **state)
{
	(void)state;
	static const struct {
		const char *in, *out;
	} cases[] = {
		{VALID, VALID},
		{"00-" TRACE "-" PARENT "-00", "00-" TRACE "-" PARENT "-00"},
		{"00-" TRACE "-" PARENT "-03", "00-" TRACE "-" PARENT "-03"},
		{"00-" TRACE "-" PARENT "-ff", "00-" TRACE "-" PARENT "-03"},
		{"01-" TRACE "-" PARENT "-01", VALID},
		{"cc-" TRACE "-" PARENT "-01-what-the-future-brings", VALID},
		{"cc-" TRACE "-" PARENT "-01-", VALID},
		{" \t" VALID " ", VALID},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		give(cases[i].in, NULL, NULL);
		assert_string_equal(out.traceparent, cases[i].out);
	}
}

static void traceparent_refused(void **state)
{
	(void)state;
	static const char *const cases[] = {
		"",
		"00",
		"00-" TRACE "-" PARENT,
		"00-" TRACE "-" PARENT "-",
		"00-" TRACE "-" PARENT "-1",
		VALID "-",
		VALID "-more",
		VALID ".",
		VALID " x",
		VALID "," VALID,
		"ff-" TRACE "-" PARENT "-01",
		"cc-" TRACE "-" PARENT "-01.what",
		"cc-" TRACE "-" PARENT "-0",
		"0x-" TRACE "-" PARENT "-01",
		"00-0AF7651916CD43DD8448EB211C80319C-" PARENT "-01",
		"00-" TRACE "-B7AD6B7169203331-01",
		"00-" TRACE "-" PARENT "-0A",
		"00-00000000000000000000000000000000-" PARENT "-01",
		"00-" TRACE "-0000000000000000-01",
		"00-0af7651916cd43dd8448eb211c80319-" PARENT "-01x",
		"00-0af7651916cd43dd8448eb211c80319.-" PARENT "-01",
		"00-" TRACE "-b7ad6b716920333.-01",
		"00_" TRACE "_" PARENT "_01",
		"00-" TRACE "-" PARENT "-.0",
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		give(cases[i], "a=1", NULL);
		if (out.has_traceparent || out.has_tracestate)
			fail_msg("accepted: \"%s\"", cases[i]);
	}
	give(NULL, "a=1", NULL);
	assert_false(out.has_traceparent || out.has_tracestate);
}

static void tracestate_rules(void **state)
{
	(void)state;
	static const struct {
		const char *in, *out; /* NULL: refused */
	} cases[] = {
		{"rojo=00f067aa0ba902b7,congo=t61rcWkgMzE",
			"rojo=00f067aa0ba902b7,congo=t61rcWkgMzE"},
		{"fw529a3039@dt=FfffV_-!", "fw529a3039@dt=FfffV_-!"},
		{"0tenant@sys=1", "0tenant@sys=1"},
		{"a=b c", "a=b c"},
		{" , ,", NULL},
		{"a", NULL},
		{"=1", NULL},
		{"a=", NULL},
		{"A=1", NULL},
		{"a=1,a=2,b=3", "a=1,b=3"},
		{"a=1=2", NULL},
		{"a@=1", "a@=1"},
		{"@a=1", NULL},
		{"a@b@c=1", "a@b@c=1"},
		{"a@waytoolongsystem=1", "a@waytoolongsystem=1"},
		{"a=\xc3\xa9", NULL},
		{"a =1", NULL},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		give(VALID, cases[i].in, NULL);
		assert_string_equal(out.traceparent, VALID);
		if (cases[i].out)
			assert_string_equal(out.tracestate, cases[i].out);
		else if (out.has_tracestate)
			fail_msg("accepted: \"%s\"", cases[i].in);
	}
}

static void tracestate_member_limit(void **state)
{
	(void)state;
	char header[1024] = "";
	for (int i = 0; i < 32; i++)
		sprintf(header + strlen(header), "%sk%d=v", i ? "," : "", i);
	give(VALID, header, NULL);
	assert_string_equal(out.tracestate, header);
	strcat(header, ",k32=v");
	give(VALID, header, NULL);
	assert_false(out.has_tracestate);
}

static void baggage_set_and_get(void **state)
{
	(void)state;
	CTEL_CTX(one, ctel_baggage_set(ctel_ctx_current(), "tenant.id", "acme"));
	CTEL_CTX(two, ctel_baggage_set(one, "app.flag", "a b,c;d=\"%\\\xc3\xa9"));
	CTEL_CTX(changed, ctel_baggage_set(two, "tenant.id", "globex"));
	CTEL_CTX(removed, ctel_baggage_set(two, "tenant.id", NULL));
	CTEL_CTX(none, ctel_baggage_set(one, "tenant.id", NULL));
	CTEL_CTX(refused, ctel_baggage_set(one, "no spaces", "x"));
	assert_string_equal(ctel_baggage_get(one, "tenant.id"), "acme");
	assert_null(ctel_baggage_get(one, "app.flag"));
	assert_string_equal(ctel_baggage_get(changed, "tenant.id"), "globex");
	assert_string_equal(ctel_baggage_get(two, "tenant.id"), "acme");
	assert_null(ctel_baggage_get(removed, "tenant.id"));
	assert_null(ctel_baggage_get(none, "tenant.id"));
	assert_null(ctel_baggage_get(refused, "no spaces"));
	assert_null(ctel_baggage_get(one, NULL));
	ctel_inject(changed, set_header, &out);
	assert_false(out.has_traceparent);
	assert_string_equal(out.baggage, "tenant.id=globex,app.flag=a%20b%2Cc%3Bd=%22%25%5C%C3%A9");
	in = out;
	CTEL_CTX(back, ctel_extract(get_header, &in));
	assert_string_equal(ctel_baggage_get(back, "app.flag"), "a b,c;d=\"%\\\xc3\xa9");
}

static void baggage_rules(void **state)
{
	(void)state;
	static const struct {
		const char *in, *out; /* NULL: nothing valid in it */
	} cases[] = {
		{"k=v", "k=v"},
		{" k = v ; p ;q = 1 , k2 = v2 ", "k=v;p ;q = 1,k2=v2"},
		{"k=", "k="},
		{"k=a=b", "k=a=b"},
		{"k=%41%c3%a9", "k=A%C3%A9"},
		{"k=1,k=2", "k=2"},
		{"bad,k=v", "k=v"},
		{"k=%4,ok=1", "ok=1"},
		{"k=%zz,ok=1", "ok=1"},
		{"k=%00,ok=1", "ok=1"},
		{"k=a b,ok=1", "ok=1"},
		{"k=\"q\",ok=1", "ok=1"},
		{"k(=v,ok=1", "ok=1"},
		{"=v", NULL},
		{"", NULL},
		{",,;,", NULL},
		{"k=v;\x01", NULL},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		give(NULL, NULL, cases[i].in);
		if (cases[i].out)
			assert_string_equal(out.baggage, cases[i].out);
		else if (out.has_baggage)
			fail_msg("accepted: \"%s\" as \"%s\"", cases[i].in, out.baggage);
	}
}

static void baggage_limits(void **state)
{
	(void)state;
	char key[16], huge[9000];
	ctel_ctx ctx = {0};
	for (int i = 0; i < 70; i++) {
		snprintf(key, sizeof(key), "k%d", i);
		ctel_ctx more = ctel_baggage_set(ctx, key, "v");
		ctel_ctx_release(&ctx);
		ctx = more;
	}
	assert_non_null(ctel_baggage_get(ctx, "k63"));
	assert_null(ctel_baggage_get(ctx, "k64"));
	memset(huge, 'x', sizeof(huge) - 1);
	huge[sizeof(huge) - 1] = '\0';
	CTEL_CTX(same, ctel_baggage_set(ctx, "k0", huge));
	assert_string_equal(ctel_baggage_get(same, "k0"), "v");
	ctel_ctx_release(&ctx);
	assert_null(ctel_baggage_get(ctx, "k0"));
	huge[0] = 'k', huge[1] = '=';
	give(NULL, NULL, huge);
	assert_false(out.has_baggage);
	char many[1024] = "";
	for (int i = 0; i < 70; i++)
		sprintf(many + strlen(many), "%sk%d=v", i ? "," : "", i);
	give(NULL, NULL, many);
	assert_non_null(strstr(out.baggage, "k63=v"));
	assert_null(strstr(out.baggage, "k64=v"));
}

/* Whatever comes in: what goes out is valid, so that a second pass changes nothing. */
static void any_bytes(void **state)
{
	(void)state;
	static const char alphabet[] = "00123456789abcdef--==,,;;%% \t@_*/zZ\"\\\x01\x80\xff";
	char texts[3][80];
	uint64_t x = 88172645463325252u;
	for (int round = 0; round < 20000; round++) {
		for (int i = 0; i < 3; i++) {
			size_t n = 0, length = (x >> 20) % (sizeof(texts[i]) - 1);
			while (n < length) {
				x ^= x << 13, x ^= x >> 7, x ^= x << 17;
				texts[i][n++] = alphabet[(x >> 11) % (sizeof(alphabet) - 1)];
			}
			texts[i][n] = '\0';
		}
		give(round % 2 ? VALID : texts[0], texts[1], texts[2]);
		struct headers once = out;
		in = once;
		pass();
		assert_string_equal(out.traceparent, once.traceparent);
		assert_string_equal(out.tracestate, once.tracestate);
		assert_string_equal(out.baggage, once.baggage);
	}
}

static void passes_through_when_off(void **state)
{
	(void)state;
	ctel_shutdown(1000);
	set_header(&in, "traceparent", VALID);
	set_header(&in, "tracestate", "a=1");
	set_header(&in, "baggage", "tenant.id=acme");
	CTEL_CTX(remote, ctel_extract(get_header, &in));
	ctel_scope scope = ctel_ctx_attach(remote);
	{
		CTEL_SPAN(s, tracer, "nothing");
		assert_null(s);
		ctel_inject(ctel_ctx_current(), set_header, &out);
	}
	ctel_ctx_detach(scope);
	assert_string_equal(out.traceparent, VALID);
	assert_string_equal(out.tracestate, "a=1");
	assert_string_equal(out.baggage, "tenant.id=acme");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, tracing_off)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(remote_parent),
		TEST(unsampled_parent_records_nothing),
		TEST(traceparent_accepted),
		TEST(traceparent_refused),
		TEST(tracestate_rules),
		TEST(tracestate_member_limit),
		TEST(baggage_set_and_get),
		TEST(baggage_rules),
		TEST(baggage_limits),
		TEST(any_bytes),
		TEST(passes_through_when_off),
	};
	return cmocka_run_group_tests_name("propagation", tests, NULL, NULL);
}
