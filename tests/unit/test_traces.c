/* Traces: the JSON cursor, OTLP lines, trees from broken spans, bars, durations. */
#include "unit.h"

#include "base/duration.h"
#include "base/path.h"
#include "base/quantile.h"
#include "base/str.h"
#include "traces/load.h"
#include "traces/select.h"
#include "traces/waterfall.h"

#include <stdio.h>
#include <string.h>

static const char *skip_error(const char *text, size_t n)
{
	struct jcursor c;
	jc_init(&c, text, n);
	return jc_skip(&c) && jc_end(&c) ? "" : c.error;
}

static void test_grammar(void **state)
{
	(void)state;
	static const char *const good[] = {"{}", "[]", " [ 1 , -0.5e+3 , \"\\u00e9\\n\" ] ",
		"{\"a\":{\"b\":[true,false,null]}}", "0", "-1", "1E5", "\"\""};
	static const char *const bad[] = {"", "{", "[1,]", "{\"a\":1,}", "[1 2]", "{\"a\" 1}", "01",
		"1.", "+1", ".5", "1e", "\"", "\"\\x\"", "\"\\u12g4\"", "tru", "nulll", "{} {}",
		"{a:1}", "\"\t\"", "[", "]", "{\"a\"}", "-", "'a'"};
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		assert_string_equal(skip_error(good[i], strlen(good[i])), "");
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		if (!skip_error(bad[i], strlen(bad[i]))[0])
			fail_msg("accepted: %s", bad[i]);
	assert_string_equal(skip_error("[1,\0 2]", 7), "a NUL byte stands here");
}

static void test_strings(void **state)
{
	struct unit *u = *state;
	static const struct {
		const char *json, *text;
	} cases[] = {
		{"\"plain\"", "plain"},
		{"\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\/\b\f\n\r\t"},
		{"\"\\u0041\\u00e9\\u20AC\"", "A\xc3\xa9\xe2\x82\xac"},
		{"\"\\ud83d\\ude00\"", "\xf0\x9f\x98\x80"},
		{"\"\\ud83d\"", "\xef\xbf\xbd"},
		{"\"\\ude00x\"", "\xef\xbf\xbdx"},
		{"\"\\ud83d\\u0041\"", "\xef\xbf\xbd"
				       "A"},
		{"\"\\u0000\"", "\xef\xbf\xbd"},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct jcursor c;
		jc_init(&c, cases[i].json, strlen(cases[i].json));
		const char *text = jc_string(&c, &u->arena);
		assert_non_null(text);
		assert_string_equal(text, cases[i].text);
	}
}

static void test_durations(void **state)
{
	struct unit *u = *state;
	static const struct {
		uint64_t ns;
		const char *text;
	} cases[] = {{0, "0"}, {1, "1 ns"}, {999, "999 ns"}, {1000, "1.00 us"}, {99949, "99.9 us"},
		{99950, "100 us"}, {999499, "999 us"}, {999500, "1.00 ms"}, {1500000000, "1.50 s"},
		{599000000000, "599 s"}, {600000000000, "10.0 min"}};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_string_equal(duration_text(&u->arena, cases[i].ns, false), cases[i].text);
	assert_string_equal(duration_text(&u->arena, 1500, true), "1.50 \xc2\xb5s");
	assert_string_equal(bytes_text(&u->arena, 999), "999 B");
	assert_string_equal(bytes_text(&u->arena, 1234567), "1.23 MB");
	assert_string_equal(bytes_text(&u->arena, UINT64_MAX), "18446744 TB");
}

/* Nearest rank, exact at first and within 2 % then, merged or not. */
static void test_quantiles(void **state)
{
	struct unit *u = *state;
	struct quantile few = {.nr = 0}, many = {.nr = 0}, both = {.nr = 0};
	assert_int_equal(quantile_at(&few, 0.5), 0);
	for (uint64_t i = 100; i > 0; i--)
		quantile_add(&few, &u->arena, i * 1000);
	assert_int_equal(quantile_at(&few, 0.5), 50000);
	assert_int_equal(quantile_at(&few, 0.99), 99000);
	assert_int_equal(quantile_at(&few, 0), 1000);
	assert_int_equal(quantile_at(&few, 1), 100000);
	for (uint64_t i = 0; i < 10000; i++)
		quantile_add(&many, &u->arena, (i * 7919 % 10000 + 1) * 1000);
	static const double shares[] = {0.01, 0.5, 0.9, 0.99, 1};
	for (size_t i = 0; i < 5; i++) {
		double came = (double)quantile_at(&many, shares[i]), real = shares[i] * 1e7;
		assert_true(came > real * 0.98 && came < real * 1.02);
	}
	quantile_merge(&both, &u->arena, &few);
	quantile_merge(&both, &u->arena, &many);
	assert_int_equal(both.nr, 10100);
	double median = (double)quantile_at(&both, 0.5);
	assert_true(median > 4950e3 * 0.98 && median < 4950e3 * 1.02);
	/* small and enormous ones have buckets too */
	struct quantile ends = {.nr = 0};
	for (int i = 0; i < 300; i++) {
		quantile_add(&ends, &u->arena, 0);
		quantile_add(&ends, &u->arena, UINT64_MAX);
	}
	assert_int_equal(quantile_at(&ends, 0.5), 0);
	assert_true(quantile_at(&ends, 0.51) > UINT64_MAX / 100 * 98);
}

/* ---- whole files ---- */

struct shown {
	struct unit *unit;
	struct pen pen;
	struct strbuf out;
	size_t nr, nr_spans;
};

static void show(void *ctx, const struct trace *t)
{
	struct shown *s = ctx;
	s->nr++;
	s->nr_spans += t->nr;
	waterfall(&s->pen, t);
}

static const char *draw(struct unit *u, const char *text, bool is_unicode)
{
	const char *path = unit_file(u, "t.jsonl", text), *error = "";
	struct trace_input in;
	struct trace_index ix;
	struct trace_chosen chosen;
	struct shown s = {.unit = u};
	strbuf_init(&s.out, &u->arena);
	s.pen = (struct pen){.out = &s.out, .width = 60, .is_unicode = is_unicode};
	assert_true(trace_input_open(&in, &u->arena, &path, 1, &error));
	trace_load_index(&in, &ix, NULL);
	assert_true(
		trace_choose(&ix, &u->arena, &(struct trace_choice){.id = ""}, &chosen, &error));
	trace_load(&in, &ix, chosen.at, chosen.nr, show, &s);
	assert_int_equal(in.nr_problems, 0);
	assert_int_equal(s.nr_spans, ix.nr_spans);
	trace_input_close(&in);
	trace_index_fini(&ix);
	return strbuf_str(&s.out);
}

#define LINE(spans) "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[" spans "]}]}]}\n"
#define SPAN(id, parent, name, from, to)                                                           \
	"{\"traceId\":\"0000000000000000000000000000000a\",\"spanId\":\"000000000000000" id        \
	"\",\"parentSpanId\":\"" parent "\",\"name\":\"" name "\",\"startTimeUnixNano\":\"" from   \
	"\",\"endTimeUnixNano\":\"" to "\"}"

static void test_bars(void **state)
{
	struct unit *u = *state;
	const char *text = draw(u,
		LINE(SPAN("1", "", "root", "0", "1000") "," SPAN(
			"2", "0000000000000001", "first half", "0", "500"))
			LINE(SPAN("3", "0000000000000001", "nothing", "999", "999")),
		true);
	assert_contains(text, "  root          1.00 \xc2\xb5s  \xe2\x96\x88\xe2\x96\x88");
	assert_contains(text, "    first half   500 ns  \xe2\x96\x88");
	assert_contains(text, "    nothing           0  ");
	/* what takes no time is drawn in the last cell */
	assert_contains(text, " \xe2\x96\x8f\n");
	text = draw(u, LINE(SPAN("1", "", "no time at all", "5", "5")), false);
	assert_contains(text, "  no time at all        0  =\n");
}

static void test_keys_in_any_order(void **state)
{
	struct unit *u = *state;
	/* the order of keys is free: what spans refer to may come behind them */
	const char *text = draw(u,
		"{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[" SPAN(
			"1", "", "late", "0", "10") "],\"scope\":{\"name\":\"s\"}}],\"resource\":"
						    "{\"attributes\":[{\"key\":\"service.name\","
						    "\"value\":{\"stringValue\":\"shop\"}}]}}]}\n",
		false);
	assert_contains(text, "late [shop]");
}

static void test_hostile_bytes(void **state)
{
	struct unit *u = *state;
	/* every truncation of a good line is a problem or nothing, never a crash */
	const char *line =
		LINE("{\"traceId\":\"0000000000000000000000000000000a\",\"spanId\":"
		     "\"0000000000000001\",\"name\":\"\\u00e9\",\"attributes\":[{\"key\":"
		     "\"k\",\"value\":{\"arrayValue\":{\"values\":[{\"intValue\":\"1\"}]}"
		     "}}],\"events\":[{\"name\":\"e\"}],\"links\":[{}],\"status\":{}}");
	for (size_t n = 1; n + 1 < strlen(line); n++) {
		const char *path = unit_file(u, "cut.jsonl", arena_strndup(&u->arena, line, n));
		const char *error;
		struct trace_input in;
		struct trace_index ix;
		assert_true(trace_input_open(&in, &u->arena, &path, 1, &error));
		trace_load_index(&in, &ix, NULL);
		assert_int_equal(in.nr_problems, 1);
		assert_int_equal(in.problems.at[0].line, 1);
		trace_input_close(&in);
		trace_index_fini(&ix);
	}
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_grammar),
		unit_test_with_dir(test_strings),
		unit_test_with_dir(test_durations),
		unit_test_with_dir(test_quantiles),
		unit_test_with_dir(test_bars),
		unit_test_with_dir(test_keys_in_any_order),
		unit_test_with_dir(test_hostile_bytes),
	};
	unit_filter(argc, argv);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
