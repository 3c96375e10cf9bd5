/* The specification's compliance matrix, its rows on what a span is and says, each as a test of the
 * public interface. docs/sdk-conformance.md says which test stands for which row. */
#include "api.h"

#include <pthread.h>

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

int main(void)
{
	const struct CMUnitTest tests[] = {
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
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
