/* What is current: nesting, attaching, leaving out of order, and across threads and forks. */
#include "support.h"

#include <pthread.h>
#include <sys/wait.h>

static ctel_tracer *tracer;

static int setup(void **state)
{
	tracer = ctel_tracer_get("tests", NULL);
	return tracing_on(state);
}

static void entered_spans_nest(void **state)
{
	(void)state;
	assert_null(ctel_span_current());
	{
		CTEL_SPAN(outer, tracer, "outer");
		assert_ptr_equal(ctel_span_current(), outer);
		{
			CTEL_SPAN(inner, tracer, "inner");
			assert_ptr_equal(ctel_span_current(), inner);
			ctel_span_end(ctel_span_start(tracer, "leaf", NULL));
			assert_ptr_equal(ctel_span_current(), inner);
		}
		assert_ptr_equal(ctel_span_current(), outer);
		ctel_span_end(ctel_span_start(tracer, "second", NULL));
	}
	assert_null(ctel_span_current());
	cJSON *spans = read_spans();
	assert_child_of(find_span(spans, "inner"), find_span(spans, "outer"));
	assert_child_of(find_span(spans, "leaf"), find_span(spans, "inner"));
	assert_child_of(find_span(spans, "second"), find_span(spans, "outer"));
	cJSON_Delete(spans);
}

static void started_span_is_not_current(void **state)
{
	(void)state;
	ctel_span *s = ctel_span_start(tracer, "started", NULL);
	assert_null(ctel_span_current());
	ctel_ctx with = ctel_ctx_with_span(s), none = {0};
	ctel_scope scope = ctel_ctx_attach(with);
	assert_ptr_equal(ctel_span_current(), s);
	ctel_span_end(ctel_span_enter(tracer, "child"));
	ctel_span_end(ctel_span_start(tracer, "own root", &(ctel_start){.parent = &none}));
	ctel_ctx_detach(scope);
	assert_null(ctel_span_current());
	ctel_span_end(ctel_span_start(tracer, "by value", &(ctel_start){.parent = &with}));
	ctel_span_end(s);
	cJSON *spans = read_spans();
	assert_child_of(find_span(spans, "child"), find_span(spans, "started"));
	assert_child_of(find_span(spans, "by value"), find_span(spans, "started"));
	assert_null(cJSON_GetObjectItem(find_span(spans, "own root"), "parentSpanId"));
	cJSON_Delete(spans);
}

static void ends_out_of_order(void **state)
{
	(void)state;
	ctel_span *a = ctel_span_enter(tracer, "a");
	ctel_span *b = ctel_span_enter(tracer, "b");
	ctel_span *c = ctel_span_enter(tracer, "c");
	ctel_span_end(b);
	assert_ptr_equal(ctel_span_current(), c);
	ctel_span_end(c);
	assert_ptr_equal(ctel_span_current(), a);
	ctel_span_end(a);
	assert_null(ctel_span_current());
}

static void scopes_out_of_order_and_twice(void **state)
{
	(void)state;
	ctel_stats before, after;
	ctel_stats_get(&before);
	ctel_span *a = ctel_span_start(tracer, "a", NULL), *b = ctel_span_start(tracer, "b", NULL);
	ctel_scope first = ctel_ctx_attach(ctel_ctx_with_span(a));
	ctel_scope second = ctel_ctx_attach(ctel_ctx_with_span(b));
	ctel_ctx_detach(first);
	assert_ptr_equal(ctel_span_current(), b);
	ctel_ctx_detach(second);
	assert_null(ctel_span_current());
	ctel_ctx_detach(second);
	ctel_ctx_detach((ctel_scope){0});
	ctel_stats_get(&after);
	assert_int_equal(after.misused - before.misused, 1);
	ctel_span_end(a);
	ctel_span_end(b);
}

static void attached_span_may_end_first(void **state)
{
	(void)state;
	ctel_span *s = ctel_span_start(tracer, "parent", NULL);
	ctel_scope scope = ctel_ctx_attach(ctel_ctx_with_span(s));
	ctel_span_end(s);
	assert_null(ctel_span_current());
	ctel_span_end(ctel_span_start(tracer, "late child", NULL));
	ctel_ctx_detach(scope);
	cJSON *spans = read_spans();
	assert_child_of(find_span(spans, "late child"), find_span(spans, "parent"));
	cJSON_Delete(spans);
}

static void nests_deeply(void **state)
{
	(void)state;
	enum { DEPTH = 300 };
	ctel_span *s[DEPTH];
	ctel_scope scopes[DEPTH];
	CTEL_CTX(marked, ctel_baggage_set(ctel_ctx_current(), "depth", "deep"));
	for (int i = 0; i < DEPTH; i++) {
		scopes[i] = ctel_ctx_attach(i ? ctel_ctx_current() : marked);
		s[i] = ctel_span_enter(tracer, "deep");
	}
	assert_string_equal(ctel_baggage_get(ctel_ctx_current(), "depth"), "deep");
	for (int i = DEPTH; i-- > 0;) {
		assert_ptr_equal(ctel_span_current(), s[i]);
		ctel_span_end(s[i]);
		ctel_ctx_detach(scopes[i]);
	}
	assert_null(ctel_span_current());
	assert_null(ctel_baggage_get(ctel_ctx_current(), "depth"));
}

static void *worker(void *argument)
{
	ctel_ctx *ctx = argument;
	if (ctel_span_current())
		return "a new thread has a current span";
	ctel_span *direct = ctel_span_start(tracer, "direct", &(ctel_start){.parent = ctx});
	ctel_span_end(direct);
	ctel_scope scope = ctel_ctx_attach(*ctx);
	{
		CTEL_SPAN(attached, tracer, "attached");
		const char *tenant = ctel_baggage_get(ctel_ctx_current(), "tenant.id");
		if (!tenant || strcmp(tenant, "acme") != 0)
			return "baggage was lost";
		ctel_set(attached, "tenant.id", tenant);
	}
	ctel_ctx_detach(scope);
	ctel_ctx_release(ctx);
	return NULL;
}

static void context_goes_to_a_thread(void **state)
{
	(void)state;
	pthread_t thread;
	void *complaint;
	ctel_ctx copy;
	{
		CTEL_SPAN(parent, tracer, "parent");
		CTEL_CTX(tenant, ctel_baggage_set(ctel_ctx_current(), "tenant.id", "acme"));
		copy = ctel_ctx_copy(tenant);
	} /* span and context are gone before the thread looks */
	assert_int_equal(pthread_create(&thread, NULL, worker, &copy), 0);
	pthread_join(thread, &complaint);
	if (complaint)
		fail_msg("%s", (char *)complaint);
	cJSON *spans = read_spans();
	assert_child_of(find_span(spans, "direct"), find_span(spans, "parent"));
	assert_child_of(find_span(spans, "attached"), find_span(spans, "parent"));
	cJSON_Delete(spans);
}

static void *end_it(void *span)
{
	ctel_span_end(span);
	return NULL;
}

static void entered_here_ended_elsewhere(void **state)
{
	(void)state;
	pthread_t thread;
	ctel_span *outer = ctel_span_enter(tracer, "outer");
	ctel_span *inner = ctel_span_enter(tracer, "inner");
	assert_int_equal(pthread_create(&thread, NULL, end_it, inner), 0);
	pthread_join(thread, NULL);
	assert_ptr_equal(ctel_span_current(), outer);
	ctel_span_end(outer);
	assert_null(ctel_span_current());
}

enum { NR_THREADS = 8, NR_EACH = 400 };
static ctel_span *shared;

static void *busy(void *argument)
{
	ctel_ctx *parent = argument;
	ctel_scope scope = ctel_ctx_attach(*parent);
	for (int i = 0; i < NR_EACH; i++) {
		CTEL_SPAN(s, tracer, "busy");
		ctel_set(s, "i", i);
		ctel_set(shared, "last", i);
		ctel_event(shared, "tick");
	}
	ctel_ctx_detach(scope);
	return NULL;
}

static void threads_at_once(void **state)
{
	(void)state;
	pthread_t threads[NR_THREADS];
	ctel_stats before, after;
	ctel_stats_get(&before);
	shared = ctel_span_start(tracer, "shared", NULL);
	ctel_ctx ctx = ctel_ctx_with_span(shared);
	for (int i = 0; i < NR_THREADS; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, busy, &ctx), 0);
	for (int i = 0; i < NR_THREADS; i++)
		pthread_join(threads[i], NULL);
	assert_int_equal(ctel_flush(5000), 0); /* room for the one that all are children of */
	ctel_span_end(shared);
	cJSON *spans = read_spans(), *parent = find_span(spans, "shared"), *span;
	ctel_stats_get(&after);
	uint64_t dropped = after.dropped - before.dropped;
	uint64_t exported = after.exported - before.exported;
	assert_int_equal(after.ended - before.ended, NR_THREADS * NR_EACH + 1);
	assert_int_equal(exported + dropped, NR_THREADS * NR_EACH + 1);
	assert_int_equal(cJSON_GetArraySize(spans), exported);
	assert_int_equal(after.misused, before.misused);
	cJSON_ArrayForEach(span, spans) if (span != parent) assert_child_of(span, parent);
	cJSON_Delete(spans);
}

static void fork_starts_afresh(void **state)
{
	(void)state;
	FORKS_WITH_THREADS();
	ctel_span_end(ctel_span_start(tracer, "of the parent", NULL));
	pid_t child = fork();
	if (child == 0) {
		ctel_span_end(ctel_span_start(tracer, "of the child", NULL));
		_exit(ctel_shutdown(1000) ? 1 : 0);
	}
	ctel_span_end(ctel_span_start(tracer, "after the fork", NULL));
	int status;
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	cJSON *spans = read_spans();
	assert_int_equal(cJSON_GetArraySize(spans), 3);
	assert_string_not_equal(string(find_span(spans, "of the child"), "traceId"),
		string(find_span(spans, "after the fork"), "traceId"));
	find_span(spans, "of the parent");
	cJSON_Delete(spans);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, tracing_off)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(entered_spans_nest),
		TEST(started_span_is_not_current),
		TEST(ends_out_of_order),
		TEST(scopes_out_of_order_and_twice),
		TEST(attached_span_may_end_first),
		TEST(nests_deeply),
		TEST(context_goes_to_a_thread),
		TEST(entered_here_ended_elsewhere),
		TEST(threads_at_once),
		TEST(fork_starts_afresh),
	};
	return cmocka_run_group_tests_name("context", tests, NULL, NULL);
}
