/* B3, X-Ray, environment variables as carriers; what is in a context; tracestate and baggage. */
#include "memory.h"

#define TRACE  "463ac35c9f6413ad48485a3953bb6124"
#define SPAN   "0020000000000001"
#define PARENT "05e3ac9a4f6e3b90"

struct carrier {
	struct {
		char name[64], value[600];
	} headers[16];
	unsigned nr;
};

static void set(void *argument, const char *name, const char *value)
{
	struct carrier *c = argument;
	snprintf(c->headers[c->nr].name, sizeof(c->headers[0].name), "%s", name);
	snprintf(c->headers[c->nr++].value, sizeof(c->headers[0].value), "%s", value);
}

static const char *get(void *argument, const char *name)
{
	struct carrier *c = argument;
	for (unsigned i = 0; i < c->nr; i++)
		if (!strcmp(c->headers[i].name, name))
			return c->headers[i].value;
	return NULL;
}

/* "trace-span-sampled" of what the propagators find, or "none". */
static const char *found(const char *propagators, struct carrier *c)
{
	static char text[80];
	char trace[33], span[17];
	CTEL_CTX(ctx, ctel_extract_as(propagators, get, c));
	if (!ctel_ctx_is_valid(&ctx))
		return "none";
	assert_true(ctel_ctx_is_remote(&ctx));
	ctel_ctx_trace_id(&ctx, trace);
	ctel_ctx_span_id(&ctx, span);
	snprintf(text, sizeof(text), "%s-%s-%d", trace, span, ctel_ctx_is_sampled(&ctx));
	return text;
}

static const char *found_in(const char *propagators, const char *name, const char *value)
{
	struct carrier c = {0};
	set(&c, name, value);
	return found(propagators, &c);
}

static void b3_single(void **state)
{
	(void)state;
	static const struct {
		const char *in, *out;
	} cases[] = {
		{TRACE "-" SPAN "-1", TRACE "-" SPAN "-1"},
		{TRACE "-" SPAN "-d", TRACE "-" SPAN "-1"},
		{TRACE "-" SPAN "-0", TRACE "-" SPAN "-0"},
		{TRACE "-" SPAN, TRACE "-" SPAN "-0"},
		{TRACE "-" SPAN "-1-" PARENT, TRACE "-" SPAN "-1"},
		{"48485a3953bb6124-" SPAN "-1", "000000000000000048485a3953bb6124-" SPAN "-1"},
		{"463AC35C9F6413AD48485A3953BB6124-" SPAN "-1", TRACE "-" SPAN "-1"},
		{"0", "none"},
		{"", "none"},
		{TRACE, "none"},
		{TRACE "-" SPAN "-x", "none"},
		{TRACE "-" SPAN "-true", "none"},
		{TRACE "-002000000000000-1", "none"},
		{"00000000000000000000000000000000-" SPAN "-1", "none"},
		{TRACE "-0000000000000000-1", "none"},
		{"463ac35c9f6413ad48485a3953bb612g-" SPAN "-1", "none"},
	};
	for (size_t i = 0; i < NR(cases); i++) {
		assert_string_equal(found_in("b3", "b3", cases[i].in), cases[i].out);
		assert_string_equal(found_in("b3multi", "b3", cases[i].in), cases[i].out);
	}
}

static void b3_multi(void **state)
{
	(void)state;
	static const struct {
		const char *sampled, *flags;
		int is_sampled;
	} cases[] = {{"1", NULL, 1}, {"0", NULL, 0}, {"true", NULL, 1}, {"false", NULL, 0},
		{NULL, "1", 1}, {NULL, NULL, 0}, {"0", "1", 1}, {"?", NULL, 0}};
	for (size_t i = 0; i < NR(cases); i++) {
		struct carrier c = {0};
		char expected[80];
		set(&c, "x-b3-traceid", TRACE);
		set(&c, "x-b3-spanid", SPAN);
		if (cases[i].sampled)
			set(&c, "x-b3-sampled", cases[i].sampled);
		if (cases[i].flags)
			set(&c, "x-b3-flags", cases[i].flags);
		snprintf(expected, sizeof(expected), TRACE "-" SPAN "-%d", cases[i].is_sampled);
		assert_string_equal(found("b3", &c), expected);
	}
	struct carrier c = {0};
	set(&c, "x-b3-traceid", TRACE);
	assert_string_equal(found("b3", &c), "none");
}

static void xray(void **state)
{
	(void)state;
	static const struct {
		const char *in, *out;
	} cases[] = {
		{"Root=1-463ac35c-9f6413ad48485a3953bb6124;Parent=" SPAN ";Sampled=1",
			TRACE "-" SPAN "-1"},
		{"Sampled=0; Parent=" SPAN ";Root=1-463ac35c-9f6413ad48485a3953bb6124",
			TRACE "-" SPAN "-0"},
		{"Self=1-x;Root=1-463ac35c-9f6413ad48485a3953bb6124;Lineage=a:1;Parent=" SPAN,
			TRACE "-" SPAN "-0"},
		{"Root=1-463ac35c-9f6413ad48485a3953bb6124;Sampled=1", "none"},
		{"Parent=" SPAN, "none"},
		{"Root=2-463ac35c-9f6413ad48485a3953bb6124;Parent=" SPAN, "none"},
		{"Root=1-463ac35c9-f6413ad48485a3953bb6124;Parent=" SPAN, "none"},
		{"Root=1-463ac35c-9f6413ad48485a3953bb612;Parent=" SPAN, "none"},
		{"Root=1-00000000-000000000000000000000000;Parent=" SPAN, "none"},
		{";;=;Root;Parent=;Sampled", "none"},
		{"", "none"},
	};
	for (size_t i = 0; i < NR(cases); i++)
		assert_string_equal(found_in("xray", "x-amzn-trace-id", cases[i].in), cases[i].out);
}

static ctel_ctx sampled_context(void)
{
	struct carrier c = {0};
	set(&c, "traceparent", "00-" TRACE "-" SPAN "-01");
	set(&c, "baggage", "k=v");
	return ctel_extract_as("tracecontext,baggage", get, &c);
}

static void what_is_written(void **state)
{
	(void)state;
	struct carrier c = {0};
	CTEL_CTX(ctx, sampled_context());
	ctel_inject_as("b3, b3multi ,xray,b3,nothing-known", ctx, set, &c);
	assert_int_equal(c.nr, 5);
	assert_string_equal(get(&c, "b3"), TRACE "-" SPAN "-1");
	assert_string_equal(get(&c, "x-b3-traceid"), TRACE);
	assert_string_equal(get(&c, "x-b3-spanid"), SPAN);
	assert_string_equal(get(&c, "x-b3-sampled"), "1");
	assert_string_equal(get(&c, "x-amzn-trace-id"),
		"Root=1-463ac35c-9f6413ad48485a3953bb6124;Parent=" SPAN ";Sampled=1");
	struct carrier none = {0};
	ctel_inject_as("tracecontext,b3,b3multi,xray,baggage", (ctel_ctx){0}, set, &none);
	ctel_inject_as("none", ctx, set, &none);
	assert_int_equal(none.nr, 0);
}

static void the_last_one_counts(void **state)
{
	(void)state;
	struct carrier c = {0};
	set(&c, "traceparent", "00-" TRACE "-" SPAN "-00");
	set(&c, "b3", TRACE "-" PARENT "-1");
	set(&c, "baggage", "k=v");
	assert_string_equal(found("tracecontext,b3", &c), TRACE "-" PARENT "-1");
	assert_string_equal(found("b3,tracecontext", &c), TRACE "-" SPAN "-0");
	CTEL_CTX(both, ctel_extract_as("baggage,tracecontext", get, &c));
	assert_string_equal(ctel_baggage_get(both, "k"), "v");
	assert_true(ctel_ctx_is_valid(&both));
}

static void configured_propagators(void **state)
{
	(void)state;
	const char *names[8];
	start_with((ctel_config){.propagators = "b3multi,xray"});
	assert_int_equal(ctel_propagation_fields(names, 8), 5);
	assert_string_equal(names[0], "x-b3-traceid");
	assert_string_equal(names[4], "x-amzn-trace-id");
	assert_int_equal(ctel_propagation_fields(NULL, 0), 5);
	struct carrier c = {0};
	CTEL_CTX(ctx, sampled_context());
	ctel_inject(ctx, set, &c);
	assert_int_equal(c.nr, 4);
}

static void xray_ids(void **state)
{
	(void)state;
	start_with((ctel_config){.ids = CTEL_IDS_XRAY});
	ctel_span_end(ctel_span_start(tracer, "s", NULL));
	const ctel_span_data *d = span_named("s");
	uint32_t second = 0;
	for (int i = 0; i < 4; i++)
		second = second << 8 | d->trace_id[i];
	assert_true(d->start_ns / 1000000000u - second <= 1);
	assert_int_equal(d->flags & 2, 2);
}

static void own_ids_maker(void *user, unsigned char *trace_id, unsigned char *span_id)
{
	if (trace_id)
		memset(trace_id, *(int *)user, 16);
	memset(span_id, 7, 8);
}

static void own_ids(void **state)
{
	(void)state;
	int byte = 5;
	start_with((ctel_config){.make_ids = own_ids_maker, .ids_user = &byte});
	ctel_span *s = ctel_span_enter(tracer, "root");
	ctel_span_end(ctel_span_start(tracer, "inner", NULL));
	ctel_span_end(s);
	assert_int_equal(span_named("root")->trace_id[15], 5);
	assert_int_equal(span_named("inner")->span_id[0], 7);
	assert_int_equal(span_named("root")->flags, 0x101); /* not known to be random */
}

static void environment_as_carrier(void **state)
{
	(void)state;
	CTEL_CTX(ctx, sampled_context());
	setenv("TRACEPARENT", "stale", 1);
	char **env = ctel_env_make(ctx);
	unsigned nr_traceparents = 0;
	bool has_path = false, has_baggage = false;
	for (char **e = env; *e; e++) {
		nr_traceparents += !strncmp(*e, "TRACEPARENT=", 12);
		has_path |= !strncmp(*e, "PATH=", 5);
		has_baggage |= !strcmp(*e, "BAGGAGE=k=v");
		if (!strncmp(*e, "TRACEPARENT=", 12))
			assert_string_equal(*e, "TRACEPARENT=00-" TRACE "-" SPAN "-01");
	}
	assert_int_equal(nr_traceparents, 1);
	assert_true(has_path && has_baggage);
	free(env);
	assert_string_equal(getenv("TRACEPARENT"), "stale");
	ctel_inject(ctx, ctel_env_set, NULL);
	assert_string_equal(getenv("TRACEPARENT"), "00-" TRACE "-" SPAN "-01");
	CTEL_CTX(back, ctel_extract(ctel_env_get, NULL));
	assert_string_equal(ctel_baggage_get(back, "k"), "v");
	ctel_env_set(NULL, "x-b3-traceid", "t");
	assert_string_equal(getenv("X_B3_TRACEID"), "t");
	unsetenv("TRACEPARENT");
	unsetenv("BAGGAGE");
	unsetenv("X_B3_TRACEID");
}

static void contexts(void **state)
{
	(void)state;
	static const unsigned char trace[16] = {1}, span[8] = {2}, zero[16] = {0};
	char text[33];
	CTEL_CTX(made, ctel_ctx_make(trace, span, 1, "a=1", true));
	assert_true(ctel_ctx_is_valid(&made) && ctel_ctx_is_sampled(&made) &&
		    ctel_ctx_is_remote(&made));
	ctel_ctx_trace_id(&made, text);
	assert_string_equal(text, "01000000000000000000000000000000");
	ctel_ctx_span_id(&made, text);
	assert_string_equal(text, "0200000000000000");
	assert_string_equal(ctel_tracestate_header(&made), "a=1");
	ctel_ctx none = ctel_ctx_make(zero, span, 1, NULL, false);
	assert_false(ctel_ctx_is_valid(&none));
	assert_string_equal(ctel_tracestate_header(&none), "");
	CTEL_CTX(invalid_state, ctel_ctx_make(trace, span, 0, "A=1", false));
	assert_string_equal(ctel_tracestate_header(&invalid_state), "");
	ctel_span_end(ctel_span_start(tracer, "child", &(ctel_start){.parent = &made}));
	assert_memory_equal(span_named("child")->trace_id, trace, 16);
	assert_memory_equal(span_named("child")->parent_span_id, span, 8);
	assert_string_equal(span_named("child")->tracestate, "a=1");
}

static void tracestate(void **state)
{
	(void)state;
	static const unsigned char id[16] = {1};
	char value[300];
	CTEL_CTX(ctx, ctel_ctx_make(id, id, 1, "a=1,b=2,c=3", false));
	assert_int_equal(ctel_tracestate_get(&ctx, "b", value, sizeof(value)), 1);
	assert_string_equal(value, "2");
	assert_int_equal(ctel_tracestate_get(&ctx, "d", value, sizeof(value)), -1);
	CTEL_CTX(changed, ctel_tracestate_set(ctx, "b", "new value"));
	assert_string_equal(ctel_tracestate_header(&changed), "b=new value,a=1,c=3");
	assert_int_equal(ctel_tracestate_get(&changed, "b", value, 4), 9);
	assert_string_equal(value, "new");
	CTEL_CTX(added, ctel_tracestate_set(changed, "t@vendor", "x"));
	assert_string_equal(ctel_tracestate_header(&added), "t@vendor=x,b=new value,a=1,c=3");
	CTEL_CTX(removed, ctel_tracestate_set(ctx, "a", NULL));
	assert_string_equal(ctel_tracestate_header(&removed), "b=2,c=3");
	CTEL_CTX(bad_key, ctel_tracestate_set(ctx, "B", "1"));
	CTEL_CTX(bad_value, ctel_tracestate_set(ctx, "b", "x,y"));
	CTEL_CTX(absent, ctel_tracestate_set(ctx, "zz", NULL));
	assert_string_equal(ctel_tracestate_header(&bad_key), "a=1,b=2,c=3");
	assert_string_equal(ctel_tracestate_header(&bad_value), "a=1,b=2,c=3");
	assert_string_equal(ctel_tracestate_header(&absent), "a=1,b=2,c=3");
	char many[400] = "";
	for (int i = 0; i < 32; i++)
		sprintf(many + strlen(many), "%sk%d=v", i ? "," : "", i);
	CTEL_CTX(full, ctel_ctx_make(id, id, 1, many, false));
	CTEL_CTX(pushed, ctel_tracestate_set(full, "new", "1"));
	assert_int_equal(strncmp(ctel_tracestate_header(&pushed), "new=1,k0=v,", 11), 0);
	assert_int_equal(ctel_tracestate_get(&pushed, "k30", value, sizeof(value)), 1);
	assert_int_equal(ctel_tracestate_get(&pushed, "k31", value, sizeof(value)), -1);
}

static bool each(void *user, const char *key, const char *value, const char *metadata)
{
	char *out = user;
	sprintf(out + strlen(out), "%s=%s;%s|", key, value, metadata);
	return strcmp(key, "stop") != 0;
}

static void baggage(void **state)
{
	(void)state;
	char all[200] = "";
	CTEL_CTX(one, ctel_baggage_set_metadata((ctel_ctx){0}, "a", "1", "ttl=30;private"));
	CTEL_CTX(two, ctel_baggage_set(one, "stop", "here"));
	CTEL_CTX(three, ctel_baggage_set(two, "b", "2"));
	ctel_baggage_each(three, each, all);
	assert_string_equal(all, "a=1;ttl=30;private|stop=here;|");
	struct carrier c = {0};
	ctel_inject_as("baggage", three, set, &c);
	assert_string_equal(get(&c, "baggage"), "a=1;ttl=30;private,stop=here,b=2");
	CTEL_CTX(bad, ctel_baggage_set_metadata(one, "c", "3", "a,b"));
	assert_null(ctel_baggage_get(bad, "c"));
	CTEL_CTX(cleared, ctel_baggage_clear(three));
	assert_null(ctel_baggage_get(cleared, "a"));
	assert_string_equal(ctel_baggage_get(three, "a"), "1");
}

/* Whatever comes in by whichever header: nothing breaks, and what is found is valid. */
static void any_bytes(void **state)
{
	(void)state;
	static const char *const names[] = {
		"b3", "x-b3-traceid", "x-b3-spanid", "x-b3-sampled", "x-amzn-trace-id"};
	static const char alphabet[] =
		"0123456789abcdefABCDEF--;;==,1Root=1-Parent=Sampled= \t\xff\x01";
	uint64_t x = 88172645463325252u;
	for (int round = 0; round < 20000; round++) {
		struct carrier c = {0};
		for (size_t h = 0; h < NR(names); h++) {
			char value[90];
			size_t n = 0, length = (x >> 20) % (sizeof(value) - 1);
			while (n < length) {
				x ^= x << 13, x ^= x >> 7, x ^= x << 17;
				value[n++] = alphabet[(x >> 11) % (sizeof(alphabet) - 1)];
			}
			value[n] = '\0';
			set(&c, names[h], value);
		}
		CTEL_CTX(ctx, ctel_extract_as("b3,xray", get, &c));
		struct carrier out = {0};
		ctel_inject_as("b3,xray", ctx, set, &out);
		assert_int_equal(out.nr, ctel_ctx_is_valid(&ctx) ? 2 : 0);
	}
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, start_plain, stop)
#define OWN(f)  cmocka_unit_test_teardown(f, stop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(b3_single),
		TEST(b3_multi),
		TEST(xray),
		TEST(what_is_written),
		TEST(the_last_one_counts),
		OWN(configured_propagators),
		OWN(xray_ids),
		OWN(own_ids),
		TEST(environment_as_carrier),
		TEST(contexts),
		TEST(tracestate),
		TEST(baggage),
		TEST(any_bytes),
	};
	return cmocka_run_group_tests_name("carriers", tests, NULL, NULL);
}
