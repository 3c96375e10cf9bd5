/* Propagators as the specification has them: B3, X-Ray, baggage, several at once, and carriers. W3C
 * Trace Context has a file of its own, test_w3c.c. */
#include "api.h"

#include <pthread.h>

#define MAX_HEADERS 16

struct carrier {
	char names[MAX_HEADERS][64], values[MAX_HEADERS][2048];
	size_t nr;
};

static void set(void *carrier, const char *name, const char *value)
{
	struct carrier *c = carrier;

	assert_true(c->nr < MAX_HEADERS);
	snprintf(c->names[c->nr], sizeof(c->names[0]), "%s", name);
	snprintf(c->values[c->nr++], sizeof(c->values[0]), "%s", value);
}

static const char *get(void *carrier, const char *name)
{
	struct carrier *c = carrier;

	for (size_t i = 0; i < c->nr; i++)
		if (strcmp(c->names[i], name) == 0)
			return c->values[i];
	return NULL;
}

static struct carrier one_header(const char *name, const char *value)
{
	struct carrier c = {.nr = 0};

	set(&c, name, value);
	return c;
}

static void assert_ids(const ctel_ctx *ctx, const char *trace, const char *span)
{
	char hex[33];

	ctel_ctx_trace_id(ctx, hex);
	assert_string_equal(hex, trace);
	ctel_ctx_span_id(ctx, hex);
	assert_string_equal(hex, span);
}

static const unsigned char trace_id[16] = {0x80, 0xf1, 0x98, 0xee, 0x56, 0x34, 0x3b, 0xa8, 0x64,
	0xfe, 0x8b, 0x2a, 0x57, 0xd3, 0xef, 0xf7};
static const unsigned char span_id[8] = {0xe4, 0x57, 0xb5, 0xa2, 0xe4, 0xd8, 0x6b, 0xd1};
#define TRACE "80f198ee56343ba864fe8b2a57d3eff7"
#define SPAN  "e457b5a2e4d86bd1"

/* ---- B3 -------------------------------------------------------------------------------------- */

static void b3_single(void **state)
{
	static const struct {
		const char *value, *trace, *span;
		bool is_sampled;
	} good[] = {
		{TRACE "-" SPAN "-1", TRACE, SPAN, true},
		{TRACE "-" SPAN "-1-05e3ac9a4f6e3b90", TRACE, SPAN, true},
		{TRACE "-" SPAN "-d", TRACE, SPAN, true},
		{TRACE "-" SPAN "-0", TRACE, SPAN, false},
		{"64fe8b2a57d3eff7-" SPAN "-1", "000000000000000064fe8b2a57d3eff7", SPAN, true},
	};
	static const char *const bad[] = {"", "1", "0", "d", "-", TRACE, TRACE "-",
		TRACE "-" SPAN "1-1", TRACE "0-" SPAN "-1",
		"x0f198ee56343ba864fe8b2a57d3eff7-" SPAN "-1",
		"00000000000000000000000000000000-" SPAN "-1", TRACE "-0000000000000000-1"};
	struct carrier c;

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++) {
		c = one_header("b3", good[i].value);
		CTEL_CTX(ctx, ctel_extract_as("b3", get, &c));
		assert_ids(&ctx, good[i].trace, good[i].span);
		assert_int_equal(ctel_ctx_is_sampled(&ctx), good[i].is_sampled);
		assert_true(ctel_ctx_is_remote(&ctx));
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		c = one_header("b3", bad[i]);
		CTEL_CTX(ctx, ctel_extract_as("b3", get, &c));
		if (ctel_ctx_is_valid(&ctx))
			fail_msg("b3 \"%s\" is taken", bad[i]);
	}
	c.nr = 0;
	CTEL_CTX(ctx, ctel_ctx_make(trace_id, span_id, 1, NULL, false));
	ctel_inject_as("b3", ctx, set, &c);
	assert_int_equal(c.nr, 1);
	assert_string_equal(get(&c, "b3"), TRACE "-" SPAN "-1");
}

static void b3_multi(void **state)
{
	struct carrier c = {.nr = 0};

	(void)state;
	CTEL_CTX(ctx, ctel_ctx_make(trace_id, span_id, 1, NULL, false));
	ctel_inject_as("b3multi", ctx, set, &c);
	assert_string_equal(get(&c, "x-b3-traceid"), TRACE);
	assert_string_equal(get(&c, "x-b3-spanid"), SPAN);
	assert_string_equal(get(&c, "x-b3-sampled"), "1");
	assert_null(get(&c, "x-b3-parentspanid"));
	CTEL_CTX(again, ctel_extract_as("b3multi", get, &c));
	assert_ids(&again, TRACE, SPAN);
	assert_true(ctel_ctx_is_sampled(&again));
	/* old senders say true and false; debug means sampled */
	c.nr = 0;
	set(&c, "x-b3-traceid", TRACE);
	set(&c, "x-b3-spanid", SPAN);
	set(&c, "x-b3-sampled", "true");
	CTEL_CTX(old, ctel_extract_as("b3multi", get, &c));
	assert_true(ctel_ctx_is_sampled(&old));
	c.nr = 2;
	set(&c, "x-b3-flags", "1");
	CTEL_CTX(debug, ctel_extract_as("b3multi", get, &c));
	assert_true(ctel_ctx_is_sampled(&debug));
	c.nr = 2;
	set(&c, "x-b3-sampled", "0");
	CTEL_CTX(off, ctel_extract_as("b3multi", get, &c));
	assert_true(ctel_ctx_is_valid(&off) && !ctel_ctx_is_sampled(&off));
}

/* ---- X-Ray ----------------------------------------------------------------------------------- */

static void xray(void **state)
{
	struct carrier c = {.nr = 0};

	(void)state;
	CTEL_CTX(ctx, ctel_ctx_make(trace_id, span_id, 1, NULL, false));
	ctel_inject_as("xray", ctx, set, &c);
	assert_string_equal(get(&c, "x-amzn-trace-id"),
		"Root=1-80f198ee-56343ba864fe8b2a57d3eff7;Parent=" SPAN ";Sampled=1");
	c = one_header("x-amzn-trace-id",
		"Self=1-00000001-000000000000000000000002;Sampled=0; "
		"Parent=" SPAN ";Root=1-80f198ee-56343ba864fe8b2a57d3eff7;Lineage=a:1");
	CTEL_CTX(again, ctel_extract_as("xray", get, &c));
	assert_ids(&again, TRACE, SPAN);
	assert_false(ctel_ctx_is_sampled(&again));
	c = one_header("x-amzn-trace-id", "Root=2-80f198ee-56343ba864fe8b2a57d3eff7;Parent=" SPAN);
	CTEL_CTX(other, ctel_extract_as("xray", get, &c));
	assert_false(ctel_ctx_is_valid(&other));
}

/* ---- baggage --------------------------------------------------------------------------------- */

static bool count(void *user, const char *key, const char *value, const char *metadata)
{
	(void)key;
	(void)value;
	(void)metadata;
	++*(int *)user;
	return true;
}

static bool metadata_of_a(void *user, const char *key, const char *value, const char *metadata)
{
	(void)value;
	if (strcmp(key, "a") == 0)
		snprintf(user, 64, "%s", metadata);
	return true;
}

static void baggage_is_a_value(void **state)
{
	ctel_ctx empty = {0};
	int nr = 0;

	(void)state;
	CTEL_CTX(one, ctel_baggage_set(empty, "user.id", "Amélie, \"42\" = 100 %"));
	CTEL_CTX(two, ctel_baggage_set(one, "tenant", "t-1"));
	CTEL_CTX(changed, ctel_baggage_set(two, "tenant", "t-2"));
	CTEL_CTX(removed, ctel_baggage_set(changed, "tenant", NULL));
	CTEL_CTX(none, ctel_baggage_clear(two));
	assert_null(ctel_baggage_get(one, "tenant"));
	assert_string_equal(ctel_baggage_get(two, "tenant"), "t-1");
	assert_string_equal(ctel_baggage_get(changed, "tenant"), "t-2");
	assert_null(ctel_baggage_get(removed, "tenant"));
	assert_string_equal(ctel_baggage_get(removed, "user.id"), "Amélie, \"42\" = 100 %");
	assert_null(ctel_baggage_get(none, "user.id"));
	assert_null(ctel_baggage_get(two, "TENANT")); /* names are case-sensitive */
	ctel_baggage_each(changed, count, &nr);
	assert_int_equal(nr, 2);
}

static void baggage_travels(void **state)
{
	struct carrier c = {.nr = 0};
	ctel_ctx empty = {0};
	char metadata[64] = "";
	const char *header;

	(void)state;
	CTEL_CTX(one, ctel_baggage_set(empty, "user.id", "Amélie, \"42\" = 100 %;\\"));
	CTEL_CTX(two, ctel_baggage_set_metadata(one, "a", "b", "ttl=30;private"));
	ctel_inject_as("baggage", two, set, &c);
	assert_int_equal(c.nr, 1);
	header = get(&c, "baggage");
	for (const char *p = header; *p; p++)
		assert_true((unsigned char)*p > 0x20 && (unsigned char)*p < 0x7f && *p != '"' &&
			    *p != '\\');
	CTEL_CTX(again, ctel_extract_as("baggage", get, &c));
	assert_string_equal(ctel_baggage_get(again, "user.id"), "Amélie, \"42\" = 100 %;\\");
	ctel_baggage_each(again, metadata_of_a, metadata);
	assert_string_equal(metadata, "ttl=30;private");
	/* white space, an entry that is not valid, the same key twice */
	c = one_header("baggage", " x = 1 ;p , =2,y,  z=%C3%BC , x=3");
	CTEL_CTX(read, ctel_extract_as("baggage", get, &c));
	assert_string_equal(ctel_baggage_get(read, "z"), "ü");
	assert_string_equal(ctel_baggage_get(read, "x"), "3");
	assert_null(ctel_baggage_get(read, "y"));
	/* without baggage no header */
	c.nr = 0;
	ctel_inject_as("baggage", empty, set, &c);
	assert_int_equal(c.nr, 0);
}

static void baggage_has_limits(void **state)
{
	ctel_ctx ctx = {0}, next;
	char key[16], big[5000];
	int nr = 0;

	(void)state;
	for (int i = 0; i < 100; i++) {
		snprintf(key, sizeof(key), "k%d", i);
		next = ctel_baggage_set(ctx, key, "v");
		ctel_ctx_release(&ctx);
		ctx = next;
	}
	ctel_baggage_each(ctx, count, &nr);
	assert_int_equal(nr, 64);
	ctel_ctx_release(&ctx);
	memset(big, 'x', sizeof(big));
	big[sizeof(big) - 1] = 0;
	CTEL_CTX(a, ctel_baggage_set((ctel_ctx){0}, "a", big));
	CTEL_CTX(b, ctel_baggage_set(a, "b", big)); /* beyond 8192 bytes */
	assert_non_null(ctel_baggage_get(b, "a"));
	assert_null(ctel_baggage_get(b, "b"));
}

/* ---- several, and what is global ------------------------------------------------------------- */

static void composite(void **state)
{
	struct carrier c = {.nr = 0};
	ctel_ctx plain;

	(void)state;
	plain = ctel_ctx_make(trace_id, span_id, 1, "foo=1", false);
	CTEL_CTX(ctx, ctel_baggage_set(plain, "tenant", "t-1"));
	ctel_inject_as("tracecontext,baggage,b3,b3multi,xray,unknown", ctx, set, &c);
	assert_string_equal(get(&c, "traceparent"), "00-" TRACE "-" SPAN "-01");
	assert_string_equal(get(&c, "tracestate"), "foo=1");
	assert_string_equal(get(&c, "baggage"), "tenant=t-1");
	assert_non_null(get(&c, "b3"));
	assert_non_null(get(&c, "x-b3-traceid"));
	assert_non_null(get(&c, "x-amzn-trace-id"));
	CTEL_CTX(again, ctel_extract_as("tracecontext,baggage", get, &c));
	assert_ids(&again, TRACE, SPAN);
	assert_string_equal(ctel_baggage_get(again, "tenant"), "t-1");
	assert_string_equal(ctel_tracestate_header(&again), "foo=1");
	/* the last one that finds a trace counts */
	c = one_header("b3", "000000000000000000000000000000aa-00000000000000bb-1");
	set(&c, "traceparent", "00-" TRACE "-" SPAN "-01");
	CTEL_CTX(last, ctel_extract_as("tracecontext,b3", get, &c));
	assert_ids(&last, "000000000000000000000000000000aa", "00000000000000bb");
	CTEL_CTX(none, ctel_extract_as("none", get, &c));
	assert_false(ctel_ctx_is_valid(&none));
	c.nr = 0;
	ctel_inject_as("none", ctx, set, &c);
	assert_int_equal(c.nr, 0);
	ctel_ctx_release(&plain);
}

static bool has_field(const char *name)
{
	const char *fields[16];
	size_t nr = ctel_propagation_fields(fields, 16);

	for (size_t i = 0; i < nr; i++)
		if (strcmp(fields[i], name) == 0)
			return true;
	return false;
}

static void configured_propagators_and_their_fields(void **state)
{
	struct carrier c = {.nr = 0};

	(void)state;
	record(); /* the default */
	assert_true(has_field("traceparent") && has_field("tracestate") && has_field("baggage"));
	assert_false(has_field("b3"));
	stop(NULL);
	record_with((ctel_config){.propagators = "b3,xray"});
	assert_true(has_field("b3") && has_field("x-amzn-trace-id"));
	assert_false(has_field("traceparent"));
	CTEL_CTX(ctx, ctel_ctx_make(trace_id, span_id, 1, NULL, false));
	ctel_inject(ctx, set, &c);
	assert_int_equal(c.nr, 2);
	assert_null(get(&c, "traceparent"));
}

/* Between services that trace, one that does not must not break the trace. */
static void contexts_travel_while_tracing_is_off(void **state)
{
	struct carrier c = one_header("traceparent", "00-" TRACE "-" SPAN "-01"), out = {.nr = 0};

	(void)state;
	set(&c, "baggage", "tenant=t-1");
	CTEL_CTX(ctx, ctel_extract(get, &c));
	ctel_scope scope = ctel_ctx_attach(ctx);
	ctel_span *s = ctel_span_enter(ctel_tracer_get("off", NULL), "nothing");
	assert_null(s);
	ctel_inject(ctel_ctx_current(), set, &out);
	assert_string_equal(get(&out, "traceparent"), "00-" TRACE "-" SPAN "-01");
	assert_string_equal(get(&out, "baggage"), "tenant=t-1");
	ctel_span_end(s);
	ctel_ctx_detach(scope);
}

/* ---- environment variables as carriers ------------------------------------------------------- */

static void environment_carries(void **state)
{
	char **copy;
	int found = 0;

	(void)state;
	CTEL_CTX(plain, ctel_ctx_make(trace_id, span_id, 1, NULL, false));
	CTEL_CTX(ctx, ctel_baggage_set(plain, "tenant", "t-1"));
	ctel_inject_as("tracecontext,baggage,b3multi", ctx, ctel_env_set, NULL);
	assert_string_equal(getenv("TRACEPARENT"), "00-" TRACE "-" SPAN "-01");
	assert_string_equal(getenv("BAGGAGE"), "tenant=t-1");
	assert_string_equal(getenv("X_B3_TRACEID"), TRACE);
	CTEL_CTX(again, ctel_extract_as("tracecontext,baggage", ctel_env_get, NULL));
	assert_ids(&again, TRACE, SPAN);
	assert_string_equal(ctel_baggage_get(again, "tenant"), "t-1");
	/* for a child, without touching this process's own */
	setenv("TRACEPARENT", "of before", 1);
	setenv("JUDGE_KEPT", "yes", 1);
	copy = ctel_env_make(ctx);
	for (char **e = copy; *e; e++) {
		found += strcmp(*e, "TRACEPARENT=00-" TRACE "-" SPAN "-01") == 0;
		found += strcmp(*e, "JUDGE_KEPT=yes") == 0;
		assert_string_not_equal(*e, "TRACEPARENT=of before");
	}
	assert_int_equal(found, 2);
	assert_string_equal(getenv("TRACEPARENT"), "of before");
	free(copy);
	unsetenv("TRACEPARENT");
	unsetenv("BAGGAGE");
	unsetenv("X_B3_TRACEID");
}

/* ---- contexts -------------------------------------------------------------------------------- */

static void contexts_are_attached_and_detached(void **state)
{
	ctel_ctx empty = {0};

	(void)state;
	CTEL_CTX(a, ctel_baggage_set(empty, "k", "a"));
	CTEL_CTX(b, ctel_baggage_set(a, "k", "b"));
	ctel_scope outer = ctel_ctx_attach(a);
	assert_string_equal(ctel_baggage_get(ctel_ctx_current(), "k"), "a");
	ctel_scope inner = ctel_ctx_attach(b);
	assert_string_equal(ctel_baggage_get(ctel_ctx_current(), "k"), "b");
	CTEL_CTX(kept, ctel_ctx_copy(ctel_ctx_current()));
	ctel_ctx_detach(inner);
	assert_string_equal(ctel_baggage_get(ctel_ctx_current(), "k"), "a");
	ctel_ctx_detach(outer);
	assert_null(ctel_baggage_get(ctel_ctx_current(), "k"));
	assert_string_equal(ctel_baggage_get(kept, "k"), "b");
}

static int nr_released;
static void release(void *value)
{
	nr_released++;
	free(value);
}

static char *text(const char *s)
{
	return strcpy(malloc(strlen(s) + 1), s);
}

static void keys_are_not_their_names(void **state)
{
	ctel_key *a = ctel_key_new("tenant", NULL), *b = ctel_key_new("tenant", NULL);
	int one = 1, two = 2;

	(void)state;
	assert_non_null(a);
	assert_ptr_not_equal(a, b);
	assert_string_equal(ctel_key_name(a), "tenant");
	assert_string_equal(ctel_key_name(ctel_key_new(NULL, NULL)), "");
	CTEL_CTX(with_a, ctel_ctx_set((ctel_ctx){0}, a, &one));
	CTEL_CTX(with_both, ctel_ctx_set(with_a, b, &two));
	assert_null(ctel_ctx_get(&with_a, b));
	assert_ptr_equal(ctel_ctx_get(&with_both, a), &one);
	assert_ptr_equal(ctel_ctx_get(&with_both, b), &two);
}

static void values_are_the_contexts(void **state)
{
	ctel_key *key = ctel_key_new("app.user", release), *other = ctel_key_new("other", NULL);
	ctel_ctx empty = {0};

	(void)state;
	nr_released = 0;
	ctel_ctx a = ctel_ctx_set(empty, key, text("ada"));
	ctel_ctx b = ctel_ctx_set(a, key, text("bob")); /* a stays as it is */
	ctel_ctx both = ctel_ctx_set(a, other, &empty); /* shares a's value */
	ctel_ctx none = ctel_ctx_set(both, key, NULL);
	assert_null(ctel_ctx_get(&empty, key));
	assert_string_equal(ctel_ctx_get(&a, key), "ada");
	assert_string_equal(ctel_ctx_get(&b, key), "bob");
	assert_ptr_equal(ctel_ctx_get(&both, key), ctel_ctx_get(&a, key));
	assert_null(ctel_ctx_get(&none, key));
	assert_non_null(ctel_ctx_get(&none, other));
	ctel_ctx_release(&none);
	ctel_ctx_release(&a);
	assert_int_equal(nr_released, 0); /* `both` has it still */
	assert_string_equal(ctel_ctx_get(&both, key), "ada");
	ctel_ctx_release(&both);
	assert_int_equal(nr_released, 1);
	ctel_ctx_release(&b);
	assert_int_equal(nr_released, 2);
}

static ctel_key *user_key;
static void *look_on_another_thread(void *argument)
{
	ctel_ctx *ctx = argument;
	ctel_scope scope = ctel_ctx_attach(*ctx);
	ctel_ctx now = ctel_ctx_current();
	bool is_there = strcmp(ctel_ctx_get(&now, user_key), "ada") == 0;

	ctel_ctx_detach(scope);
	ctel_ctx_release(ctx);
	return is_there ? ctx : NULL;
}

/* Attached, entered, with a span, with baggage, on another thread: a value stays with its context.
 */
static void values_go_where_contexts_go(void **state)
{
	unsigned char ids[24];
	pthread_t thread;
	void *was_there;
	ctel_ctx now;

	(void)state;
	record();
	nr_released = 0;
	memset(ids, 7, sizeof(ids));
	user_key = ctel_key_new("app.user", release);
	ctel_ctx ctx = ctel_ctx_set((ctel_ctx){0}, user_key, text("ada"));
	ctel_span *s = ctel_span_enter_with(tracer, "entered", &(ctel_start){.parent = &ctx});
	ctel_ctx_release(&ctx); /* what is current has its own claim */
	now = ctel_ctx_current();
	assert_string_equal(ctel_ctx_get(&now, user_key), "ada");
	{
		CTEL_SPAN(child, tracer, "child");
		now = ctel_ctx_current();
		assert_string_equal(ctel_ctx_get(&now, user_key), "ada");
		now = ctel_ctx_with_span(s);
		assert_string_equal(ctel_ctx_get(&now, user_key), "ada");
	}
	CTEL_CTX(made, ctel_ctx_make(ids, ids + 16, 1, NULL, true));
	assert_string_equal(ctel_ctx_get(&made, user_key), "ada");
	CTEL_CTX(with_baggage, ctel_baggage_set(made, "k", "v"));
	assert_string_equal(ctel_ctx_get(&with_baggage, user_key), "ada");
	ctx = ctel_ctx_copy(with_baggage);
	assert_int_equal(pthread_create(&thread, NULL, look_on_another_thread, &ctx), 0);
	pthread_join(thread, &was_there);
	assert_non_null(was_there);
	ctel_span_end(s);
	now = ctel_ctx_current();
	assert_null(ctel_ctx_get(&now, user_key));
	assert_int_equal(nr_released, 0);
	ctel_ctx_release(&made);
	ctel_ctx_release(&with_baggage);
	assert_int_equal(nr_released, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		row(b3_single),
		row(b3_multi),
		row(xray),
		row(baggage_is_a_value),
		row(baggage_travels),
		row(baggage_has_limits),
		row(composite),
		row(configured_propagators_and_their_fields),
		row(contexts_travel_while_tracing_is_off),
		row(environment_carries),
		row(contexts_are_attached_and_detached),
		row(keys_are_not_their_names),
		row(values_are_the_contexts),
		row(values_go_where_contexts_go),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
