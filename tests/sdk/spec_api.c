/* The specification's compliance matrix, its rows on tracing, each as a test of the public
 * interface. docs/sdk-conformance.md says which test stands for which row. */
#include "api.h"

#include <pthread.h>

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

/* ---- spans ----------------------------------------------------------------------------------- */

static void name_is_updated(void **state)
{
	(void)state;
	record();
	ctel_span *s = ctel_span_start(tracer, "GET", NULL);
	ctel_span_rename(s, "GET /orders/{id}");
	ctel_span_end(s);
	assert_null(ctel_memory_find(memory, "GET"));
	seen("GET /orders/{id}");
}

static void times_of_the_program(void **state)
{
	uint64_t before = ctel_now_ns();

	(void)state;
	record();
	ctel_span_end_at(ctel_span_start(tracer, "given", &(ctel_start){.start_ns = 1000}), 5000);
	ctel_span_end(ctel_span_start(tracer, "now", NULL));
	assert_int_equal(seen("given")->start_ns, 1000);
	assert_int_equal(seen("given")->end_ns, 5000);
	assert_true(
		seen("now")->start_ns >= before && seen("now")->end_ns >= seen("now")->start_ns);
	assert_true(seen("now")->end_ns <= ctel_now_ns());
}

static void recording_ends_with_the_span(void **state)
{
	ctel_stats before, after;
	ctel_attr_view v;

	(void)state;
	record();
	ctel_span *s = ctel_span_start(tracer, "s", NULL);
	assert_true(ctel_span_is_recording(s));
	ctel_stats_get(&before);
	ctel_span_end(s);
	assert_false(ctel_span_is_recording(s));
	ctel_set(s, "late", 1); /* all of it without effect, and counted */
	ctel_event(s, "late");
	ctel_span_end(s);
	ctel_stats_get(&after);
	assert_true(after.misused >= before.misused + 3);
	assert_false(attribute(seen("s")->attributes, "late", &v));
	assert_int_equal(seen("s")->nr_events, 0);
	assert_int_equal(ctel_memory_count(memory), 1);
	assert_false(ctel_span_is_recording(NULL));
}

static void status_has_an_order(void **state)
{
	(void)state;
	record();
	ctel_span *a = ctel_span_start(tracer, "ok stays", NULL);
	ctel_span_status(a, CTEL_ERROR, "first");
	ctel_span_status(a, CTEL_OK, "not kept");
	ctel_span_status(a, CTEL_ERROR, "ignored");
	ctel_span_status(a, CTEL_UNSET, NULL);
	ctel_span_end(a);
	assert_int_equal(seen("ok stays")->status, CTEL_OK);
	assert_string_equal(seen("ok stays")->status_message, "");
	ctel_span *b = ctel_span_start(tracer, "last error", NULL);
	ctel_span_status(b, CTEL_ERROR, "first");
	ctel_span_status(b, CTEL_ERROR, "second");
	ctel_span_status(b, CTEL_UNSET, "ignored");
	ctel_span_end(b);
	assert_int_equal(seen("last error")->status, CTEL_ERROR);
	assert_string_equal(seen("last error")->status_message, "second");
	ctel_span_end(ctel_span_start(tracer, "unset", NULL));
	assert_int_equal(seen("unset")->status, CTEL_UNSET);
}

#define NR_THREADS 8
#define NR_EACH    100

static void *work(void *span)
{
	char key[32];

	for (int i = 0; i < NR_EACH; i++) {
		ctel_event(span, "tick");
		snprintf(key, sizeof(key), "k%d", i % 50);
		ctel_set(span, key, i);
		ctel_span_status(span, CTEL_ERROR, "x");
		ctel_span_end(ctel_span_start(ctel_tracer_get("judge", "1"), "small", NULL));
	}
	return NULL;
}

static void concurrent_calls(void **state)
{
	pthread_t threads[NR_THREADS];
	size_t nr = 0;

	(void)state;
	record_with((ctel_config){
		.limits = {.events = NR_THREADS * NR_EACH}, .processors = {{.max_queue = 10000}}});
	ctel_span *s = ctel_span_start(tracer, "shared", NULL);
	for (int i = 0; i < NR_THREADS; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, work, s), 0);
	for (int i = 0; i < NR_THREADS; i++)
		pthread_join(threads[i], NULL);
	ctel_span_end(s);
	assert_int_equal(seen("shared")->nr_events, NR_THREADS * NR_EACH);
	assert_int_equal(seen("shared")->nr_attributes, 50);
	for (size_t i = 0; i < ctel_memory_count(memory); i++)
		nr += strcmp(ctel_memory_span(memory, i)->name, "small") == 0;
	assert_int_equal(nr, NR_THREADS * NR_EACH);
}

static void limits_drop_and_count(void **state)
{
	char key[32];
	ctel_attr many[5];
	ctel_event_view event;
	ctel_link_view link;
	ctel_bytes rest;

	(void)state;
	record_with((ctel_config){.limits = {.attributes = 3,
					  .events = 2,
					  .links = 1,
					  .event_attributes = 2,
					  .link_attributes = 4,
					  .value_length = 5}});
	ctel_span *s = ctel_span_start(tracer, "limited", NULL);
	CTEL_CTX(to, ctel_ctx_make((const unsigned char *)"0123456789abcdef",
			     (const unsigned char *)"01234567", 1, NULL, false));
	for (int i = 0; i < 5; i++) {
		snprintf(key, sizeof(key), "k%d", i);
		ctel_set(s, key, "grüße an alle");
		many[i] = ctel_attr_int((const char *[]){"a", "b", "c", "d", "e"}[i], i);
	}
	for (int i = 0; i < 4; i++) {
		ctel_event_with(s, "e", many, 5, 0);
		ctel_span_link(s, &(ctel_link){&to, many, 5});
	}
	ctel_span_end(s);
	const ctel_span_data *d = seen("limited");
	ctel_attr_view v;
	assert_int_equal(d->nr_attributes, 3);
	assert_int_equal(d->dropped_attributes, 2);
	assert_int_equal(d->nr_events, 2);
	assert_int_equal(d->dropped_events, 2);
	assert_int_equal(d->nr_links, 1);
	assert_int_equal(d->dropped_links, 3);
	assert_true(attribute(d->attributes, "k0", &v));
	assert_text(&v, "grüße"); /* characters, not bytes */
	rest = d->events;
	assert_true(ctel_next_event(&rest, &event));
	assert_int_equal(event.dropped_attributes, 3);
	rest = d->links;
	assert_true(ctel_next_link(&rest, &link));
	assert_int_equal(link.dropped_attributes, 1);
}

/* ---- attributes ------------------------------------------------------------------------------ */

static void attributes_of_every_type(void **state)
{
	static const char *const texts[] = {"a", NULL, "ü"};
	static const int64_t integers[] = {INT64_MIN, 0, INT64_MAX};
	static const double reals[] = {0.5};
	static const bool truths[] = {true, false};
	ctel_attr_view v, item;
	int nr = 0;

	(void)state;
	record();
	ctel_span *s = ctel_span_start(tracer, "typed", NULL);
	ctel_set(s, "string", "日本語");
	ctel_set(s, "bool", (bool)true);
	ctel_set(s, "int", (short)-7);
	ctel_set(s, "int", INT64_MIN);
	ctel_set(s, "uint", UINT64_MAX);
	ctel_set(s, "double", 1.5f);
	ctel_set_strings(s, "strings", texts, 3);
	ctel_set_ints(s, "ints", integers, 3);
	ctel_set_doubles(s, "doubles", reals, 1);
	ctel_set_bools(s, "bools", truths, 2);
	ctel_set_ints(s, "nothing", NULL, 0);
	ctel_set(s, "ключ", "v");
	ctel_set(s, "", "an empty key sets nothing");
	ctel_set_string(s, "null", NULL);
	ctel_set_string(s, NULL, "x");
	ctel_span_end(s);
	const ctel_span_data *d = seen("typed");
	assert_int_equal(d->nr_attributes, 11);
	assert_true(attribute(d->attributes, "string", &v));
	assert_text(&v, "日本語");
	assert_true(attribute(d->attributes, "bool", &v) && v.type == CTEL_BOOL && v.boolean);
	assert_true(attribute(d->attributes, "int", &v) && v.integer == INT64_MIN);
	assert_true(attribute(d->attributes, "uint", &v) && v.integer == INT64_MAX);
	assert_true(
		attribute(d->attributes, "double", &v) && v.type == CTEL_DOUBLE && v.real == 1.5);
	assert_true(attribute(d->attributes, "ключ", &v));
	assert_false(attribute(d->attributes, "null", &v));
	assert_true(attribute(d->attributes, "strings", &v) && v.type == CTEL_STRINGS);
	while (ctel_next_value(&v.array, &item))
		assert_text(&item, (const char *[]){"a", "", "ü"}[nr++]);
	assert_int_equal(nr, 3);
	assert_true(attribute(d->attributes, "ints", &v) && v.type == CTEL_INTS);
	for (nr = 0; ctel_next_value(&v.array, &item); nr++)
		assert_int_equal(item.integer, integers[nr]);
	assert_int_equal(nr, 3);
}

static void attributes_at_the_start(void **state)
{
	ctel_attr a[] = {CTEL_ATTR("k", "v"), CTEL_ATTR("n", 2), CTEL_ATTR("k", "w")};
	ctel_attr_view v;

	(void)state;
	record();
	ctel_span_end(ctel_span_start(
		tracer, "started", &(ctel_start){.attributes = a, .nr_attributes = 3}));
	assert_int_equal(seen("started")->nr_attributes, 2);
	assert_true(attribute(seen("started")->attributes, "k", &v));
	assert_text(&v, "w");
}

static void not_utf8_becomes_replacement(void **state)
{
	ctel_attr_view v;

	(void)state;
	record();
	ctel_span *s = ctel_span_start(tracer, "bad \xff name", NULL);
	ctel_set(s, "k", "a\xc3(b");
	ctel_span_end(s);
	assert_int_equal(ctel_flush(1000), 0);
	assert_int_equal(ctel_memory_count(memory), 1);
	assert_string_equal(ctel_memory_span(memory, 0)->name, "bad \xef\xbf\xbd name");
	assert_true(attribute(ctel_memory_span(memory, 0)->attributes, "k", &v));
	assert_text(&v, "a\xef\xbf\xbd(b");
}

/* ---- links, events, exceptions --------------------------------------------------------------- */

static void links_keep_their_order(void **state)
{
	unsigned char id[8] = "0000000";
	ctel_ctx to[3];
	ctel_link links[2] = {{0}};
	ctel_link_view v;
	ctel_attr a = CTEL_ATTR("reason", "batch");

	(void)state;
	record();
	for (int i = 0; i < 3; i++) {
		id[0] = (unsigned char)('a' + i);
		to[i] = ctel_ctx_make(
			(const unsigned char *)"0123456789abcdef", id, 1, "k=v", i == 1);
	}
	links[0].ctx = &to[0];
	links[1] = (ctel_link){&to[1], &a, 1};
	ctel_span *s =
		ctel_span_start(tracer, "linked", &(ctel_start){.links = links, .nr_links = 2});
	ctel_span_link(s, &(ctel_link){.ctx = &to[2]});
	ctel_span_end(s);
	ctel_bytes rest = seen("linked")->links;
	for (int i = 0; i < 3; i++) {
		ctel_attr_view reason;

		assert_true(ctel_next_link(&rest, &v));
		assert_int_equal(v.span_id[0], 'a' + i);
		assert_int_equal(v.tracestate_n, 3);
		assert_int_equal(attribute(v.attributes, "reason", &reason), i == 1);
		assert_int_equal(v.flags & 0x300, i == 1 ? 0x300 : 0x100);
		ctel_ctx_release(&to[i]);
	}
	assert_false(ctel_next_link(&rest, &v));
}

static void events_keep_their_order(void **state)
{
	ctel_attr a = CTEL_ATTR("n", 1);
	ctel_event_view v;
	ctel_attr_view n;
	static const char *const names[] = {"first", "second", "third"};

	(void)state;
	record();
	ctel_span *s = ctel_span_start(tracer, "eventful", NULL);
	ctel_event(s, "first");
	ctel_event_with(s, "second", &a, 1, 0);
	ctel_event_with(s, "third", NULL, 0, 12345); /* earlier, yet added later */
	ctel_span_end(s);
	const ctel_span_data *d = seen("eventful");
	ctel_bytes rest = d->events;
	for (int i = 0; i < 3; i++) {
		assert_true(ctel_next_event(&rest, &v));
		assert_int_equal(v.name_n, strlen(names[i]));
		assert_memory_equal(v.name, names[i], v.name_n);
		assert_int_equal(attribute(v.attributes, "n", &n), i == 1);
		if (i < 2)
			assert_true(v.time_ns >= d->start_ns && v.time_ns <= d->end_ns);
		else
			assert_int_equal(v.time_ns, 12345);
	}
}

static void exceptions_are_events(void **state)
{
	ctel_attr own[] = {CTEL_ATTR("exception.message", "the caller's"), CTEL_ATTR("retry", 2)};
	ctel_event_view e;
	ctel_attr_view v;

	(void)state;
	record();
	ctel_span *s = ctel_span_start(tracer, "thrown", NULL);
	ctel_span_exception(s, "std::out_of_range", "message", "at main()", own, 2);
	ctel_span_end(s);
	ctel_bytes rest = seen("thrown")->events;
	assert_true(ctel_next_event(&rest, &e));
	assert_memory_equal(e.name, "exception", 9);
	assert_true(attribute(e.attributes, "exception.type", &v));
	assert_text(&v, "std::out_of_range");
	assert_true(attribute(e.attributes, "exception.message", &v));
	assert_text(&v, "the caller's");
	assert_true(attribute(e.attributes, "exception.stacktrace", &v));
	assert_true(attribute(e.attributes, "retry", &v));
	assert_int_equal(seen("thrown")->status, CTEL_UNSET);
}

/* ---- what the SDK says about itself ------------------------------------------------------------
 */

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
		row(name_is_updated),
		row(times_of_the_program),
		row(recording_ends_with_the_span),
		row(status_has_an_order),
		row(concurrent_calls),
		row(limits_drop_and_count),
		row(attributes_of_every_type),
		row(attributes_at_the_start),
		row(not_utf8_becomes_replacement),
		row(links_keep_their_order),
		row(events_keep_their_order),
		row(exceptions_are_events),
		row(metrics_by_their_names),
		row(what_is_in_flight),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
