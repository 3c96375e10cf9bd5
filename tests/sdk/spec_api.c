/* The specification's compliance matrix, its rows on providers, tracers, contexts, processors and
 * self-observation, each as a test of the public interface. docs/sdk-conformance.md says which test
 * stands for which row. */
#include "api.h"

#include <errno.h>
#include <time.h>

/* ---- provider and tracer --------------------------------------------------------------------- */

static void provider_is_created_and_shut_down(void **state)
{
	(void)state;
	record();
	ctel_span_end(ctel_span_start(tracer, "one", NULL));
	/* a second one beside it is refused, a later one is not */
	assert_true(ctel_init_with(&(ctel_config){0}) < 0);
	assert_int_equal(ctel_shutdown(1000), 0);
	assert_non_null(ctel_memory_find(memory, "one"));
	assert_null(ctel_span_start(tracer, "after", NULL));
	ctel_memory_free(memory);
	record();
	ctel_span_end(ctel_span_start(tracer, "two", NULL));
	seen("two");
	assert_null(ctel_memory_find(memory, "one"));
}

static void tracers_are_told_apart_by_all_members(void **state)
{
	ctel_attr a = ctel_attr_string("k", "v");

	(void)state;
	record();
	assert_ptr_equal(ctel_tracer_get("a", "1"), ctel_tracer_get("a", "1"));
	assert_ptr_not_equal(ctel_tracer_get("a", "1"), ctel_tracer_get("a", "2"));
	assert_ptr_not_equal(ctel_tracer_get("a", "1"), ctel_tracer_get("b", "1"));
	assert_ptr_not_equal(ctel_tracer_get("a", "1"),
		ctel_tracer_get_scope(&(ctel_scope_info){"a", "1", "https://schema", NULL, 0}));
	assert_ptr_not_equal(ctel_tracer_get("a", "1"),
		ctel_tracer_get_scope(&(ctel_scope_info){"a", "1", NULL, &a, 1}));
	/* one without a name works all the same */
	assert_non_null(ctel_tracer_get(NULL, NULL));
	assert_non_null(ctel_tracer_get("", NULL));
}

static void scope_of_an_ended_span(void **state)
{
	ctel_attr a = ctel_attr_int("app.shard", 7);
	const char *name, *version, *schema;
	ctel_attr_view v;
	ctel_tracer *t;

	(void)state;
	record();
	t = ctel_tracer_get_scope(&(ctel_scope_info){"lib", "2.1", "https://schema/1", &a, 1});
	ctel_span_end(ctel_span_start(t, "scoped", NULL));
	ctel_tracer_scope(seen("scoped")->tracer, &name, &version, &schema);
	assert_string_equal(name, "lib");
	assert_string_equal(version, "2.1");
	assert_string_equal(schema, "https://schema/1");
	assert_true(attribute(ctel_scope_attributes(seen("scoped")->tracer), "app.shard", &v));
	assert_int_equal(v.integer, 7);
}

static void a_tracer_says_whether_it_is_enabled(void **state)
{
	(void)state;
	assert_false(ctel_tracer_is_enabled(ctel_tracer_get("judge", "1")));
	record();
	assert_true(ctel_tracer_is_enabled(tracer));
}

static void flush_exports_what_has_ended(void **state)
{
	(void)state;
	record_with((ctel_config){.processors = {{.delay_ms = 600000}}});
	ctel_span_end(ctel_span_start(tracer, "waiting", NULL));
	assert_int_equal(ctel_flush(1000), 0);
	assert_int_equal(ctel_memory_count(memory), 1);
}

/* ---- the active span ------------------------------------------------------------------------- */

static void active_span_is_set_and_got(void **state)
{
	ctel_span *a, *b;
	ctel_scope scope;

	(void)state;
	record();
	assert_null(ctel_span_current());
	a = ctel_span_enter(tracer, "a");
	assert_ptr_equal(ctel_span_current(), a);
	b = ctel_span_start(tracer, "b", NULL);
	assert_ptr_equal(ctel_span_current(), a);
	scope = ctel_ctx_attach(ctel_ctx_with_span(b));
	assert_ptr_equal(ctel_span_current(), b);
	ctel_ctx_detach(scope);
	assert_ptr_equal(ctel_span_current(), a);
	ctel_span_end(b);
	ctel_span_end(a);
	assert_null(ctel_span_current());
}

/* ---- span contexts --------------------------------------------------------------------------- */

static void span_context_is_valid_and_remote(void **state)
{
	static const unsigned char trace[16] = {1}, span[8] = {2}, zero[16];
	ctel_ctx none = {0};

	(void)state;
	record();
	CTEL_CTX(remote, ctel_ctx_make(trace, span, 1, NULL, true));
	CTEL_CTX(local, ctel_ctx_make(trace, span, 0, NULL, false));
	CTEL_CTX(no_trace, ctel_ctx_make(zero, span, 1, NULL, true));
	CTEL_CTX(no_span, ctel_ctx_make(trace, zero, 1, NULL, true));
	assert_true(ctel_ctx_is_valid(&remote) && ctel_ctx_is_remote(&remote));
	assert_true(ctel_ctx_is_valid(&local) && !ctel_ctx_is_remote(&local));
	assert_true(ctel_ctx_is_sampled(&remote) && !ctel_ctx_is_sampled(&local));
	assert_false(ctel_ctx_is_valid(&none) || ctel_ctx_is_valid(&no_trace));
	assert_false(ctel_ctx_is_valid(&no_span));
}

static void random_flag_of_a_root(void **state)
{
	ctel_ctx none = {0};

	(void)state;
	record();
	ctel_span_end(ctel_span_start(tracer, "root", &(ctel_start){.parent = &none}));
	assert_int_equal(seen("root")->flags & 0xff, 3);
}

/* ---- parents --------------------------------------------------------------------------------- */

static void parents(void **state)
{
	ctel_ctx none = {0}, ctx;
	ctel_span *outer, *other, *s;
	const ctel_span_data *o, *i;
	static const unsigned char zero[8];

	(void)state;
	record();
	outer = ctel_span_enter(tracer, "outer");
	ctel_span_end(ctel_span_start(tracer, "inner", NULL)); /* of the active one */
	ctel_span_end(ctel_span_start(tracer, "root", &(ctel_start){.parent = &none}));
	other = ctel_span_start(tracer, "other", &(ctel_start){.parent = &none});
	ctx = ctel_ctx_with_span(other);
	s = ctel_span_start(tracer, "of other", &(ctel_start){.parent = &ctx});
	ctel_span_end(s);
	ctel_span_end(other);
	ctel_span_end(outer);
	o = seen("outer");
	i = seen("inner");
	assert_memory_equal(i->trace_id, o->trace_id, 16);
	assert_memory_equal(i->parent_span_id, o->span_id, 8);
	assert_memory_equal(o->parent_span_id, zero, 8);
	assert_memory_equal(seen("root")->parent_span_id, zero, 8);
	assert_memory_not_equal(seen("root")->trace_id, o->trace_id, 16);
	assert_memory_equal(seen("of other")->parent_span_id, seen("other")->span_id, 8);
	assert_memory_equal(seen("of other")->trace_id, seen("other")->trace_id, 16);
}

static int nr_started;
static bool had_parent;

static void on_start(void *user, ctel_span *s, const ctel_ctx *parent)
{
	char id[17], parents_id[17];

	(void)user;
	nr_started++;
	ctel_set(s, "seen.at.start", (bool)true);
	ctel_ctx_span_id(parent, parents_id);
	ctel_ctx own = ctel_ctx_with_span(s);
	ctel_ctx_span_id(&own, id);
	had_parent = ctel_ctx_is_valid(parent) && strcmp(id, parents_id) != 0 &&
		     strcmp(ctel_baggage_get(*parent, "tenant"), "t-1") == 0;
}

static int nr_ended;
static void on_end(void *user, const ctel_span_data *s)
{
	nr_ended += *(int *)user * (strcmp(s->name, "child") == 0);
}

static void processors_see_start_and_end(void **state)
{
	static int one = 1;
	ctel_config config = {
		.processors = {{.on_start = on_start, .on_end = on_end, .user = &one}}};
	ctel_attr_view v;

	(void)state;
	nr_started = nr_ended = 0;
	record_with(config);
	ctel_span *p = ctel_span_start(tracer, "parent", NULL);
	CTEL_CTX(ctx, ctel_baggage_set(ctel_ctx_with_span(p), "tenant", "t-1"));
	ctel_span *c = ctel_span_start(tracer, "child", &(ctel_start){.parent = &ctx});
	assert_true(had_parent);
	assert_int_equal(nr_started, 2);
	assert_int_equal(nr_ended, 0);
	ctel_span_end(c);
	assert_int_equal(nr_ended, 1);
	ctel_span_end(p);
	assert_true(attribute(seen("child")->attributes, "seen.at.start", &v));
}

/* What the hooks of two processors do to a span that ends, and what they see. */
struct ending {
	const char *key, *before;
	ctel_span *open; /* what the program holds */
	int nr;
	bool ends_it;
};

static void on_ending(void *user, ctel_span *s)
{
	struct ending *e = user;
	ctel_attr a = ctel_attr_int("app.hook", 1);
	ctel_ctx ctx = ctel_ctx_with_span(s);

	e->nr++;
	assert_true(ctel_span_is_recording(s));
	assert_false(ctel_span_is_recording(e->open)); /* nobody else can change it any more */
	ctel_set(e->open, "from.elsewhere", (bool)true);
	ctel_set(s, e->key, (bool)true);
	ctel_set(s, "last.one", e->key);
	ctel_event(s, e->key);
	ctel_span_link(s, &(ctel_link){&ctx, &a, 1});
	if (e->ends_it)
		ctel_span_end(s);
}

static bool had_hooks_before_on_end;
static void on_end_after(void *user, const ctel_span_data *s)
{
	ctel_attr_view v;

	(void)user;
	had_hooks_before_on_end = attribute(s->attributes, "hook.one", &v) &&
				  attribute(s->attributes, "hook.two", &v);
}

static void processors_change_what_ends(void **state)
{
	struct ending one = {.key = "hook.one"}, two = {.key = "hook.two"};
	ctel_config config = {
		.processors = {{.on_ending = on_ending, .on_end = on_end_after, .user = &one},
			{.on_ending = on_ending, .user = &two}}};
	ctel_stats before, after;
	ctel_attr_view v;

	(void)state;
	record_with(config);
	one.open = two.open = ctel_span_enter(tracer, "ending");
	ctel_span_end_at(one.open, UINT64_C(1) << 62);
	assert_int_equal(one.nr, 1);
	assert_int_equal(two.nr, 1);
	assert_true(had_hooks_before_on_end);
	assert_null(ctel_span_current());
	assert_true(attribute(seen("ending")->attributes, "last.one", &v));
	assert_text(&v, "hook.two"); /* in the order of the processors */
	assert_false(attribute(seen("ending")->attributes, "from.elsewhere", &v));
	assert_int_equal(seen("ending")->nr_events, 2);
	assert_int_equal(seen("ending")->nr_links, 2);
	assert_true(seen("ending")->end_ns == UINT64_C(1) << 62);
	/* a hook that ends it does no harm */
	two.ends_it = true;
	ctel_stats_get(&before);
	one.open = two.open = ctel_span_start(tracer, "twice", NULL);
	ctel_span_end_at(one.open, 5);
	ctel_stats_get(&after);
	assert_int_equal(after.ended - before.ended, 1);
	assert_true(after.misused > before.misused);
	assert_true(seen("twice")->end_ns == 5);
	assert_int_equal(ctel_memory_count(memory), 2);
	/* nor is a span that is not recorded anybody's business */
	assert_int_equal(ctel_shutdown(1000), 0);
	ctel_memory_free(memory);
	one.nr = 0;
	config.sampler = ctel_sampler_always_off();
	record_with(config);
	ctel_span_end(ctel_span_start(tracer, "unsampled", NULL));
	assert_int_equal(one.nr, 0);
}

/* ---- what the SDK says about itself ---------------------------------------------------------- */

struct wanted {
	const char *name, *attribute;
	uint64_t value;
	bool is_there;
};

static void look(void *user, const char *name, const char *attribute, uint64_t value)
{
	struct wanted *w = user;

	if (strcmp(name, w->name) == 0 && strcmp(attribute, w->attribute) == 0) {
		w->value = value;
		w->is_there = true;
	}
}

static uint64_t metric(const char *name, const char *attribute)
{
	struct wanted w = {name, attribute, 0, false};

	ctel_stats_each(look, &w);
	if (!w.is_there)
		fail_msg("no %s{%s}", name, attribute);
	return w.value;
}

static void metrics_by_their_names(void **state)
{
	static const char *const kept = "otel.span.sampling_result=RECORD_AND_SAMPLE";
	uint64_t started, exported, processed;

	(void)state;
	record_with((ctel_config){.processors = {{.max_queue = 16, .delay_ms = 600000}}});
	started = metric("otel.sdk.span.started", kept);
	exported = metric("otel.sdk.exporter.span.exported", "");
	processed = metric("otel.sdk.processor.span.processed", "");
	ctel_span *open = ctel_span_start(tracer, "open", NULL);
	assert_int_equal(metric("otel.sdk.span.live", kept), 1);
	for (int i = 0; i < 3; i++)
		ctel_span_end(ctel_span_start(tracer, "s", NULL));
	assert_int_equal(metric("otel.sdk.processor.span.queue.size", ""), 3);
	assert_int_equal(metric("otel.sdk.processor.span.queue.capacity", ""), 16);
	ctel_span_end(open);
	assert_int_equal(ctel_flush(1000), 0);
	assert_int_equal(metric("otel.sdk.span.live", kept), 0);
	assert_int_equal(metric("otel.sdk.processor.span.queue.size", ""), 0);
	assert_int_equal(metric("otel.sdk.span.started", kept) - started, 4);
	assert_int_equal(metric("otel.sdk.exporter.span.exported", "") - exported, 4);
	assert_int_equal(metric("otel.sdk.processor.span.processed", "") - processed, 4);
}

static uint64_t inflight;
static int slow_export(void *user, const ctel_batch *batch, int timeout_ms)
{
	(void)user;
	(void)batch;
	(void)timeout_ms;
	inflight = metric("otel.sdk.exporter.span.inflight", "");
	return 0;
}

/* Seen from within the exporter, where they are in flight. */
static void what_is_in_flight(void **state)
{
	static const ctel_exporter_ops ops = {.export_batch = slow_export};

	(void)state;
	for (int is_simple = 0; is_simple < 2; is_simple++) {
		ctel_config config = {.ignores_environment = true,
			.processors = {{.exporter = ctel_exporter_callback(&ops, NULL),
				.is_simple = is_simple}}};
		assert_int_equal(ctel_init_with(&config), 0);
		assert_int_equal(metric("otel.sdk.exporter.span.inflight", ""), 0);
		for (int i = 0; i < 3; i++)
			ctel_span_end(ctel_span_start(tracer, "s", NULL));
		assert_int_equal(ctel_flush(1000), 0);
		assert_int_equal(inflight, is_simple ? 1 : 3);
		assert_int_equal(metric("otel.sdk.exporter.span.inflight", ""), 0);
		assert_int_equal(ctel_shutdown(1000), 0);
	}
}

struct durations {
	const char *attribute;
	ctel_durations found;
};

static void look_at_durations(
	void *user, const char *name, const char *attribute, const ctel_durations *d)
{
	struct durations *w = user;

	assert_string_equal(name, "otel.sdk.exporter.operation.duration");
	if (strcmp(attribute, w->attribute) == 0)
		w->found = *d;
}

static ctel_durations durations_of(const char *attribute)
{
	struct durations w = {attribute, {0}};

	ctel_stats_durations(look_at_durations, &w);
	assert_non_null(w.found.bounds);
	return w.found;
}

/* Takes as long as it is told, and ends as it is told. */
static struct {
	int ms, rc;
} told;

static int timed_export(void *user, const ctel_batch *batch, int timeout_ms)
{
	(void)user;
	(void)batch;
	(void)timeout_ms;
	nanosleep(&(struct timespec){0, told.ms * 1000000L}, NULL);
	return told.rc;
}

static void export_in(int ms, int rc)
{
	told.ms = ms;
	told.rc = rc;
	ctel_span_end(ctel_span_start(tracer, "s", NULL));
	assert_int_equal(ctel_flush(5000), rc);
}

static void how_long_exports_take(void **state)
{
	static const ctel_exporter_ops ops = {.export_batch = timed_export};
	ctel_durations good = durations_of(""), failed = durations_of("error.type=_OTHER"), after;
	ctel_durations late = durations_of("error.type=timeout");
	uint64_t sum = 0;

	(void)state;
	ctel_config config = {.ignores_environment = true,
		.processors = {
			{.exporter = ctel_exporter_callback(&ops, NULL), .delay_ms = 600000}}};
	assert_int_equal(ctel_init_with(&config), 0);
	export_in(30, 0);
	after = durations_of("");
	assert_int_equal(after.count - good.count, 1);
	assert_true(after.sum - good.sum >= 0.03 && after.sum - good.sum < 5);
	for (int i = 0; i <= CTEL_NR_BOUNDS; i++) {
		if (after.bounds[i < CTEL_NR_BOUNDS ? i : CTEL_NR_BOUNDS - 1] < 0.03 &&
			i < CTEL_NR_BOUNDS)
			assert_int_equal(after.nr[i], good.nr[i]); /* not so short */
		sum += after.nr[i];
	}
	assert_int_equal(sum, after.count);
	export_in(0, -EIO);
	export_in(0, -EIO);
	assert_int_equal(durations_of("error.type=_OTHER").count - failed.count, 2);
	export_in(0, -ETIMEDOUT);
	assert_int_equal(durations_of("error.type=timeout").count - late.count, 1);
	assert_int_equal(durations_of("").count, after.count);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		row(provider_is_created_and_shut_down),
		row(tracers_are_told_apart_by_all_members),
		row(scope_of_an_ended_span),
		row(a_tracer_says_whether_it_is_enabled),
		row(flush_exports_what_has_ended),
		row(active_span_is_set_and_got),
		row(span_context_is_valid_and_remote),
		row(random_flag_of_a_root),
		row(parents),
		row(processors_see_start_and_end),
		row(processors_change_what_ends),
		row(metrics_by_their_names),
		row(what_is_in_flight),
		row(how_long_exports_take),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
