/* What a span holds, as exporters see it: attributes of every type, events, links, times, limits.
 */
#include "memory.h"

static void arrays(void **state)
{
	(void)state;
	static const char *const strings[] = {"a", NULL, "c\xff"};
	static const bool booleans[] = {true, false};
	static const int64_t integers[] = {INT64_MIN, 0, 7, INT64_MAX};
	static const double reals[] = {0.5, -1e300};
	ctel_span *s = ctel_span_start(tracer, "s", NULL);
	ctel_set_strings(s, "strings", strings, 3);
	ctel_set_bools(s, "bools", booleans, 2);
	ctel_set_ints(s, "ints", integers, 4);
	ctel_set_doubles(s, "doubles", reals, 2);
	ctel_set_ints(s, "empty", NULL, 0);
	ctel_set_string_n(s, "bytes", "a\0b", 3);
	ctel_span_end(s);
	const ctel_span_data *d = span_named("s");
	ctel_attr_view a = attribute_in(d->attributes, "strings"), v;
	assert_int_equal(a.type, CTEL_STRINGS);
	assert_true(ctel_next_value(&a.array, &v) && v.n == 1 && *v.string == 'a');
	assert_true(ctel_next_value(&a.array, &v) && v.n == 0);
	assert_true(
		ctel_next_value(&a.array, &v) && v.n == 4 && !memcmp(v.string, "c\xef\xbf\xbd", 4));
	assert_false(ctel_next_value(&a.array, &v));
	a = attribute_in(d->attributes, "bools");
	assert_int_equal(a.type, CTEL_BOOLS);
	assert_true(ctel_next_value(&a.array, &v) && v.boolean);
	assert_true(ctel_next_value(&a.array, &v) && !v.boolean);
	a = attribute_in(d->attributes, "ints");
	assert_int_equal(a.type, CTEL_INTS);
	for (size_t i = 0; i < 4; i++)
		assert_true(ctel_next_value(&a.array, &v) && v.integer == integers[i]);
	a = attribute_in(d->attributes, "doubles");
	assert_int_equal(a.type, CTEL_DOUBLES);
	for (size_t i = 0; i < 2; i++)
		assert_true(ctel_next_value(&a.array, &v) && !memcmp(&v.real, &reals[i], 8));
	a = attribute_in(d->attributes, "empty");
	assert_int_equal(a.array.n, 0);
	a = attribute_in(d->attributes, "bytes");
	assert_true(a.n == 3 && !memcmp(a.string, "a\0b", 3));
	assert_int_equal(d->nr_attributes, 6);
}

static void replacing_any_size(void **state)
{
	(void)state;
	static char large[100000];
	memset(large, 'x', sizeof(large) - 1);
	ctel_span *s = ctel_span_start(tracer, "s", NULL);
	ctel_set(s, "first", 1);
	ctel_set(s, "second", "two");
	ctel_set(s, "third", 3.0);
	ctel_set(s, "second", (const char *)large);
	ctel_set(s, "first", "now text");
	ctel_set(s, "second", (bool)true);
	ctel_set(s, "third", 4);
	ctel_span_end(s);
	const ctel_span_data *d = span_named("s");
	assert_int_equal(d->nr_attributes, 3);
	assert_string(d->attributes, "first", "now text");
	assert_true(attribute_in(d->attributes, "second").boolean);
	assert_integer(d->attributes, "third", 4);
}

static void huge_values(void **state)
{
	(void)state;
	enum { SIZE = 5 * 1000 * 1000 };
	char *large = malloc(SIZE + 1);
	memset(large, 'y', SIZE);
	large[SIZE] = '\0';
	large[SIZE / 2] = (char)0xff;
	ctel_span *s = ctel_span_start(tracer, "s", NULL);
	ctel_set(s, "large", large);
	ctel_set(s, large, "a large key");
	ctel_span_end(s);
	const ctel_span_data *d = span_named("s");
	assert_int_equal(attribute_in(d->attributes, "large").n, SIZE + 2);
	assert_int_equal(d->nr_attributes, 2);
	free(large);
}

static void several_at_once_and_at_the_start(void **state)
{
	(void)state;
	const ctel_attr first[] = {CTEL_ATTR("a", 1), CTEL_ATTR("b", "two"), CTEL_ATTR(NULL, 1)};
	const ctel_attr more[] = {CTEL_ATTR("b", 2.5), CTEL_ATTR("c", (bool)true),
		CTEL_ATTR("d", UINT64_MAX), CTEL_ATTR("e", (const char *)NULL)};
	ctel_span *s = ctel_span_start(
		tracer, "s", &(ctel_start){.attributes = first, .nr_attributes = NR(first)});
	ctel_set_attributes(s, more, NR(more));
	ctel_span_end(s);
	const ctel_span_data *d = span_named("s");
	assert_int_equal(d->nr_attributes, 4);
	assert_integer(d->attributes, "a", 1);
	assert_true(attribute_in(d->attributes, "b").type == CTEL_DOUBLE);
	assert_integer(d->attributes, "d", INT64_MAX);
}

static void explicit_times(void **state)
{
	(void)state;
	ctel_span *s = ctel_span_start(tracer, "past", &(ctel_start){.start_ns = 1000000007});
	ctel_event_with(s, "then", NULL, 0, 1000000008);
	ctel_span_end_at(s, 1000000009);
	uint64_t before = ctel_now_ns();
	s = ctel_span_start(tracer, "now", &(ctel_start){.start_ns = 42});
	ctel_event(s, "event");
	ctel_span_end(s);
	uint64_t after = ctel_now_ns();
	const ctel_span_data *d = span_named("past");
	ctel_bytes events = d->events;
	ctel_event_view e;
	assert_true(d->start_ns == 1000000007 && d->end_ns == 1000000009);
	assert_true(ctel_next_event(&events, &e) && e.time_ns == 1000000008);
	d = span_named("now");
	assert_true(d->start_ns == 42 && d->end_ns >= before && d->end_ns <= after);
	events = d->events;
	assert_true(ctel_next_event(&events, &e) && e.time_ns >= before && e.time_ns <= after);
}

static void events_with_attributes(void **state)
{
	(void)state;
	const ctel_attr a[] = {
		CTEL_ATTR("retry", 3), CTEL_ATTR("retry", 4), CTEL_ATTR("why", "busy")};
	ctel_span *s = ctel_span_start(tracer, "s", NULL);
	ctel_event_with(s, "retried", a, NR(a), 0);
	ctel_span_exception(s, "IOError", "disk", "at main", a, 1);
	ctel_span_exception(s, NULL, NULL, NULL, NULL, 0);
	ctel_span_end(s);
	const ctel_span_data *d = span_named("s");
	ctel_bytes events = d->events;
	ctel_event_view e;
	assert_int_equal(d->nr_events, 3);
	assert_true(ctel_next_event(&events, &e) && e.name_n == 7 && !memcmp(e.name, "retried", 7));
	assert_integer(e.attributes, "retry", 4);
	assert_string(e.attributes, "why", "busy");
	assert_true(ctel_next_event(&events, &e) && !memcmp(e.name, "exception", 9));
	assert_string(e.attributes, "exception.type", "IOError");
	assert_string(e.attributes, "exception.message", "disk");
	assert_string(e.attributes, "exception.stacktrace", "at main");
	assert_integer(e.attributes, "retry", 3);
	assert_true(ctel_next_event(&events, &e) && e.attributes.n == 0);
	assert_false(ctel_next_event(&events, &e));
	assert_int_equal(d->status, CTEL_UNSET);
}

static void links(void **state)
{
	(void)state;
	CTEL_CTX(remote,
		context_of("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "a=1"));
	ctel_ctx none = {0};
	const ctel_attr a[] = {CTEL_ATTR("why", "batch")};
	ctel_span *other = ctel_span_start(tracer, "other", NULL);
	ctel_ctx local = ctel_ctx_with_span(other);
	const ctel_link given[] = {{.ctx = &remote, .attributes = a, .nr_attributes = 1},
		{.ctx = &none}, {.ctx = &none, .attributes = a, .nr_attributes = 1}};
	ctel_span *s =
		ctel_span_start(tracer, "s", &(ctel_start){.links = given, .nr_links = NR(given)});
	ctel_span_link(s, &(ctel_link){.ctx = &local});
	ctel_span_end(s);
	ctel_span_end(other);
	const ctel_span_data *d = span_named("s");
	ctel_bytes rest = d->links;
	ctel_link_view l;
	assert_int_equal(d->nr_links, 3);
	assert_true(ctel_next_link(&rest, &l));
	assert_memory_equal(
		l.trace_id, "\x0a\xf7\x65\x19\x16\xcd\x43\xdd\x84\x48\xeb\x21\x1c\x80\x31\x9c", 16);
	assert_int_equal(l.flags, 0x301);
	assert_true(l.tracestate_n == 3 && !memcmp(l.tracestate, "a=1", 3));
	assert_string(l.attributes, "why", "batch");
	assert_true(ctel_next_link(&rest, &l) && l.attributes.n);
	assert_true(ctel_next_link(&rest, &l));
	assert_memory_equal(l.span_id, span_named("other")->span_id, 8);
	assert_int_equal(l.flags, 0x103);
}

static void scopes(void **state)
{
	(void)state;
	const ctel_attr a[] = {CTEL_ATTR("team", "shop")}, b[] = {CTEL_ATTR("team", "pay")};
	ctel_scope_info info = {.name = "lib", .version = "2", .schema_url = "https://x/1"};
	ctel_tracer *plain = ctel_tracer_get_scope(&info);
	info.attributes = a, info.nr_attributes = 1;
	ctel_tracer *shop = ctel_tracer_get_scope(&info), *again = ctel_tracer_get_scope(&info);
	info.attributes = b;
	assert_ptr_equal(shop, again);
	assert_ptr_not_equal(shop, plain);
	assert_ptr_not_equal(shop, ctel_tracer_get_scope(&info));
	assert_ptr_equal(ctel_tracer_get("n", NULL), ctel_tracer_get("n", ""));
	ctel_span_end(ctel_span_start(shop, "s", NULL));
	const char *name, *version, *url;
	const ctel_span_data *d = span_named("s");
	ctel_tracer_scope(d->tracer, &name, &version, &url);
	assert_string_equal(name, "lib");
	assert_string_equal(version, "2");
	assert_string_equal(url, "https://x/1");
	assert_string(ctel_scope_attributes(d->tracer), "team", "shop");
}

static void limits(void **state)
{
	(void)state;
	listen_to_messages();
	start_with((ctel_config){.limits = {.attributes = 2,
					 .events = 1,
					 .links = 1,
					 .event_attributes = 1,
					 .link_attributes = CTEL_LIMIT_0,
					 .value_length = 3}});
	const ctel_attr a[] = {CTEL_ATTR("k1", "12345"), CTEL_ATTR("k2", 2), CTEL_ATTR("k3", 3)};
	static const char *const strings[] = {"abcdef", "\xc3\xa4\xc3\xb6\xc3\xbc\xc3\x9f"};
	ctel_span *s = ctel_span_start(tracer, "s", NULL);
	ctel_ctx ctx = ctel_ctx_with_span(s);
	ctel_set_strings(s, "strings", strings, 2);
	ctel_set(s, "text",
		"\xc3\xa4"
		"bcd");
	ctel_set(s, "over", 1);
	ctel_set(s, "text", "wxyz");
	ctel_event_with(s, "one", a, 3, 0);
	ctel_event(s, "two");
	for (int i = 0; i < 3; i++)
		ctel_span_link(s, &(ctel_link){.ctx = &ctx, .attributes = a, .nr_attributes = 2});
	ctel_span_end(s);
	assert_said("span \"s\": beyond the limits: 1 attributes, 1 events, 2 links");
	const ctel_span_data *d = span_named("s");
	assert_int_equal(d->nr_attributes, 2);
	assert_int_equal(d->dropped_attributes, 1);
	assert_string(d->attributes, "text", "wxy");
	ctel_attr_view array = attribute_in(d->attributes, "strings"), v;
	assert_true(ctel_next_value(&array.array, &v) && v.n == 3);
	assert_true(ctel_next_value(&array.array, &v) && v.n == 6);
	ctel_bytes events = d->events, rest = d->links;
	ctel_event_view e;
	ctel_link_view l;
	assert_true(ctel_next_event(&events, &e));
	assert_string(e.attributes, "k1", "123");
	assert_int_equal(e.dropped_attributes, 2);
	assert_int_equal(d->nr_events, 1);
	assert_int_equal(d->dropped_events, 1);
	assert_true(ctel_next_link(&rest, &l) && l.attributes.n == 0);
	assert_int_equal(l.dropped_attributes, 2);
	assert_int_equal(d->nr_links, 1);
	assert_int_equal(d->dropped_links, 2);
}

static void many_attributes_without_limit(void **state)
{
	(void)state;
	start_with((ctel_config){.limits = {.attributes = CTEL_NO_LIMIT}});
	ctel_span *s = ctel_span_start(tracer, "s", NULL);
	char key[16];
	for (int i = 0; i < 3000; i++) {
		snprintf(key, sizeof(key), "k%d", i % 1500);
		ctel_set(s, key, i);
	}
	ctel_span_end(s);
	const ctel_span_data *d = span_named("s");
	assert_int_equal(d->nr_attributes, 1500);
	assert_integer(d->attributes, "k1499", 2999);
	for (int i = 0; i < 100; i++) /* the span's memory is used again */
		ctel_span_end(ctel_span_start(tracer, "after", NULL));
	assert_int_equal(span_named("after")->nr_attributes, 0);
}

/* Whatever was said about a span: what the next one in its memory says is its own. */
static void nothing_is_left_over(void **state)
{
	(void)state;
	static char long_name[5000];
	memset(long_name, 'n', sizeof(long_name) - 1);
	for (int i = 0; i < 50; i++) {
		ctel_span *s = ctel_span_start(tracer, i % 2 ? long_name : "first", NULL);
		ctel_set(s, "k", i % 3 ? long_name : "v");
		ctel_event(s, long_name);
		ctel_span_error(s, "timeout", long_name);
		ctel_span_end(s);
		ctel_span_end(ctel_span_start(tracer, "second", NULL));
	}
	for (size_t i = 1; i < ctel_memory_count(memory); i += 2) {
		const ctel_span_data *d = ctel_memory_span(memory, i);
		assert_string_equal(d->name, "second");
		assert_string_equal(d->status_message, "");
		assert_int_equal(d->nr_attributes + d->nr_events + d->nr_links, 0);
		assert_int_equal(d->attributes.n + d->events.n + d->links.n, 0);
		assert_int_equal(d->status, CTEL_UNSET);
	}
	ctel_memory_clear(memory);
	assert_int_equal(ctel_memory_count(memory), 0);
	assert_null(ctel_memory_span(memory, 0));
}

static void names_are_utf8(void **state)
{
	(void)state;
	ctel_span *s = ctel_span_start(tracer, "bad \xff name", NULL);
	ctel_set(s, "bad \xff key", "v");
	ctel_span_status(s, CTEL_ERROR, "bad \xff message");
	ctel_span_end(s);
	const ctel_span_data *d = span_named("bad \xef\xbf\xbd name");
	assert_string(d->attributes, "bad \xef\xbf\xbd key", "v");
	assert_string_equal(d->status_message, "bad \xef\xbf\xbd message");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, start_plain, stop)
#define OWN(f)  cmocka_unit_test_teardown(f, stop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(arrays),
		TEST(replacing_any_size),
		TEST(huge_values),
		TEST(several_at_once_and_at_the_start),
		TEST(explicit_times),
		TEST(events_with_attributes),
		TEST(links),
		TEST(scopes),
		OWN(limits),
		OWN(many_attributes_without_limit),
		TEST(nothing_is_left_over),
		TEST(names_are_utf8),
	};
	return cmocka_run_group_tests_name("data", tests, NULL, NULL);
}
