/* Reports: the text as a person sees it, JSON and SARIF as a program reads them. */
#include "report_sample.h"

#include "base/str.h"
#include "report/jsonout.h"
#include "report/utf8.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include <cjson/cJSON.h>
#include <cmocka.h>

typedef bool (*writer)(FILE *out, const struct report *r, struct arena *scratch);

static struct arena arena;
static char root[] = "/tmp/otel-tidy-report-XXXXXX";
static struct findings sample;

static int set_up(void **state)
{
	(void)state;
	arena_init(&arena);
	if (!mkdtemp(root) || !sample_write_sources(&arena, root))
		return -1;
	sample_findings(&sample, &arena);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	static const char *const files[] = {"src/order.c", "src/db/a b#1.c", "line.c"};
	for (size_t i = 0; i < 3; i++)
		unlink(path_join(&arena, root, files[i]));
	rmdir(path_join(&arena, root, "src/db"));
	rmdir(path_join(&arena, root, "src"));
	rmdir(root);
	arena_fini(&arena);
	return 0;
}

static const char *written(writer write, const struct report *r)
{
	char *bytes = NULL;
	size_t n = 0;
	FILE *out = open_memstream(&bytes, &n);
	struct arena scratch;
	arena_init(&scratch);
	assert_non_null(out);
	assert_true(write(out, r, &scratch));
	assert_int_equal(fclose(out), 0);
	const char *copy = arena_strndup(&arena, bytes, n);
	arena_fini(&scratch);
	free(bytes);
	return copy;
}

static struct report of(const struct findings *f)
{
	struct report r = sample_report(f, root);
	r.width = 80;
	return r;
}

static void assert_has(const char *text, const char *part)
{
	if (!strstr(text, part))
		fail_msg("expected\n%s\nin\n%s", part, text);
}

static void assert_lacks(const char *text, const char *part)
{
	if (strstr(text, part))
		fail_msg("did not expect\n%s\nin\n%s", part, text);
}

static void text_shows_path_and_next_step(void **state)
{
	(void)state;
	struct report r = of(&sample);
	r.width = 100;
	assert_has(written(report_text, &r),
		"src/order.c:6:20: warning: span \"place order\" is never ended on this path "
		"[span-leak]\n"
		"    5 |         struct order *o = order_new(cart);\n"
		"    6 |         ctel_span *span = ctel_span_start(t, \"place order\", NULL);\n"
		"      |                           ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~\n"
		"  path: 1. 6  starts here               ctel_span *span = ctel_span_start(t, "
		"\"place order\", NULL);\n"
		"        2. 8  takes the error branch    if (!o)\n"
		"        3. 9  leaves without ending it  return -1;\n"
		"  why:  a span that never ends is never exported: failed orders are missing from "
		"every trace, and\n"
		"        only they\n"
		"  fix:  call ctel_span_end(span) before the return on line 9\n"
		"  help: otel-tidy explain span-leak\n\n");
}

static void text_names_files_only_when_they_differ(void **state)
{
	(void)state;
	struct report r = of(&sample);
	assert_has(written(report_text, &r), "  path: 1.                6  the span of this path");
	assert_has(written(report_text, &r), "        2. src/db/a b#1.c:3  handed on ");
}

static void text_closes_with_the_fine_line(void **state)
{
	(void)state;
	struct report r = of(&sample);
	const char *text = written(report_text, &r);
	assert_has(text,
		"src/pay.c: not analysed: 'pay/gateway.h' file not found (pay.c:3)\n"
		"  see:  otel-tidy collect -p build src/pay.c\n\n"
		"  The Fine Line\n"
		"    balance         -|==========|+++++++++++++++++  2 under | 21 right | 31 over\n"
		"    spans           57 found: 21 deserved (12 critical), 31 trivial, 5 undecided\n"
		"    critical paths  3 annotated: 2 with a span, 1 with every required attribute\n"
		"    coverage        24 of 25 units, 310 functions, 4 incomplete\n\n"
		"5 findings (1 error, 3 warnings, 1 note); 1 suppressed; 1 unit incomplete\n");
	assert_lacks(text, "covers one statement"); /* suppressed */
}

static void text_without_findings(void **state)
{
	(void)state;
	struct findings none;
	struct fine_line line = {.units = 1, .functions = 1, .spans = 1, .deserved = 1};
	findings_init(&none, &arena);
	struct report r = {.root = root, .findings = &none, .line = &line, .width = 80};
	const char *text = written(report_text, &r);
	assert_has(text, "    spans           1 found: 1 deserved\n");
	assert_has(text, "none annotated; mark them with OTEL_CRITICAL_PATH");
	assert_has(text, "    coverage        1 unit, 1 function\n\nNo findings.\n");
	r.is_quiet = true;
	assert_string_equal(written(report_text, &r), "");
	r.is_quiet = false;
	r.incomplete = sample_incomplete;
	r.nr_incomplete = 1;
	assert_has(written(report_text, &r),
		"\nNo findings in what could be analysed; 1 unit incomplete.\n");
	r.is_quiet = true; /* never silent about what was not judged */
	assert_true(str_has_prefix(written(report_text, &r), "src/pay.c: not analysed:"));
}

static void text_counts_one(void **state)
{
	(void)state;
	struct findings one;
	struct fine_line line = {.units = 2, .functions = 1};
	findings_init(&one, &arena);
	findings_add(&one, (struct finding){.rule = "r",
				   .severity = SEVERITY_WARNING,
				   .place = {"gone.c", 1, 0, 0},
				   .message = "m"});
	findings_finish(&one);
	struct report r = {.root = root, .findings = &one, .line = &line};
	const char *text = written(report_text, &r);
	assert_has(text, "gone.c:1: warning: m [r]\n  help: otel-tidy explain r\n\n");
	assert_has(text, "none found\n");
	assert_lacks(text, "balance");
	assert_has(text, "\n1 finding (1 warning)\n");
}

static void color_is_the_only_difference(void **state)
{
	(void)state;
	struct report plain = of(&sample), color = plain;
	color.color = true;
	const char *text = written(report_text, &color);
	assert_lacks(written(report_text, &plain), "\x1b");
	assert_has(text, "\x1b[1;33mwarning:\x1b[0m");
	struct strbuf stripped;
	strbuf_init(&stripped, &arena);
	for (const char *s = text; *s; s++) {
		if (*s == '\x1b')
			s += strcspn(s, "m");
		else
			strbuf_addc(&stripped, *s);
	}
	assert_string_equal(strbuf_str(&stripped), written(report_text, &plain));
}

/* The lines of a finding on line 2 of a file, from the header on. */
static const char *snippet(const char *source, uint32_t col, uint32_t end_col, unsigned width)
{
	struct findings f;
	struct fine_line line = {0};
	const char *path = path_join(&arena, root, "line.c");
	assert_true(file_write(path, source, strlen(source)));
	findings_init(&f, &arena);
	findings_add(&f, (struct finding){.rule = "r",
				 .severity = SEVERITY_NOTE,
				 .place = {"line.c", 2, col, end_col},
				 .message = "m"});
	struct report r = {.root = root, .findings = &f, .line = &line, .is_quiet = true};
	r.width = width;
	const char *text = written(report_text, &r);
	return text + strcspn(text, "\n") + 1;
}

static void snippets_expand_tabs(void **state)
{
	(void)state;
	assert_string_equal(snippet("\tx\n  \ta\tbc;\n", 6, 8, 80),
		"    1 |         x\n"
		"    2 |         a       bc;\n"
		"      |                 ^~\n"
		"  help: otel-tidy explain r\n\n");
}

static void snippets_measure_characters(void **state)
{
	(void)state;
	/* "é" is one cell and two bytes, "注" two cells and three bytes */
	assert_string_equal(snippet("\n\xc3\xa9 \xe6\xb3\xa8 x;\n", 8, 9, 80),
		"    2 | \xc3\xa9 \xe6\xb3\xa8 x;\n"
		"      |      ^\n"
		"  help: otel-tidy explain r\n\n");
}

static void snippets_make_text_safe(void **state)
{
	(void)state;
	const char *s = snippet("\nint a\x1b[2J; // \xe2\x80\xae \xff\r\n", 1, 4, 80);
	assert_has(s, "    2 | int a?[2J; // ? ?\n      | ^~~\n");
}

static void snippets_cut_long_lines(void **state)
{
	(void)state;
	assert_string_equal(
		snippet("\naaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa target bbbbbbbbbbb\n",
			52, 58, 48),
		"    2 | ...aaaaaaaaaaaaaaaaaaaaaa target bbbb...\n"
		"      |                           ^~~~~~\n"
		"  help: otel-tidy explain r\n\n");
}

static void changed_files_give_no_snippet(void **state)
{
	(void)state;
	const char *none = "  help: otel-tidy explain r\n\n";
	assert_string_equal(snippet("one line\n", 1, 2, 80), none);
	assert_string_equal(snippet("\nab\n", 9, 12, 80), none);
	assert_string_equal(snippet("\nab\n", 1, 12, 80), none);
	assert_string_equal(snippet("\n\xc3\xa9\n", 2, 3, 80), none);
	assert_has(snippet("\nab\n", 3, 0, 80), "    2 | ab\n      |   ^\n");
}

static void write_errors_are_told(void **state)
{
	(void)state;
	static const writer writers[] = {report_text, report_json, report_sarif};
	struct report r = of(&sample);
	for (size_t i = 0; i < 3; i++) {
		FILE *full = fopen("/dev/full", "w");
		assert_non_null(full);
		errno = 0;
		assert_false(writers[i](full, &r, &arena));
		assert_int_equal(errno, ENOSPC);
		fclose(full);
	}
}

static cJSON *parsed(writer write, const struct report *r)
{
	cJSON *j = cJSON_Parse(written(write, r));
	assert_non_null(j);
	return j;
}

/* "results.0.level": members by name, elements by number. */
static cJSON *at(cJSON *j, const char *path)
{
	while (*path) {
		size_t n = strcspn(path, "/");
		const char *key = arena_strndup(&arena, path, n);
		bool is_number = key[strspn(key, "0123456789")] == '\0';
		j = is_number ? cJSON_GetArrayItem(j, atoi(key)) : cJSON_GetObjectItem(j, key);
		if (!j)
			fail_msg("nothing at %s", path);
		path += n + (path[n] == '/');
	}
	return j;
}

static const char *string_at(cJSON *j, const char *path)
{
	const char *s = cJSON_GetStringValue(at(j, path));
	assert_non_null(s);
	return s;
}

static int number_at(cJSON *j, const char *path)
{
	assert_true(cJSON_IsNumber(at(j, path)));
	return at(j, path)->valueint;
}

static void json_holds_every_field(void **state)
{
	(void)state;
	struct report r = of(&sample);
	cJSON *j = parsed(report_json, &r);
	assert_int_equal(number_at(j, "version"), 1);
	assert_int_equal(number_at(j, "exit_code"), 3);
	assert_int_equal(number_at(j, "summary/findings"), 5);
	assert_int_equal(number_at(j, "summary/suppressed"), 1);
	assert_int_equal(number_at(j, "fine_line/trivial"), 31);
	assert_int_equal(cJSON_GetArraySize(at(j, "findings")), 6);
	assert_string_equal(string_at(j, "findings/1/rule"), "span-leak");
	assert_int_equal(number_at(j, "findings/1/end_column"), 59);
	assert_string_equal(string_at(j, "findings/1/steps/1/text"), "takes the error branch");
	assert_true(cJSON_IsTrue(at(j, "findings/4/suppressed")));
	assert_string_equal(string_at(j, "findings/4/justification"), "shown in the lab");
	assert_string_equal(string_at(j, "incomplete/0/file"), "src/pay.c");
	assert_true(cJSON_IsTrue(at(j, "incomplete/0/fatal")));
	/* the rules about suppressions are rules like all others */
	assert_int_equal(cJSON_GetArraySize(at(j, "rules")), 7);
	assert_string_equal(string_at(j, "rules/3/name"), "suppression-without-reason");
	cJSON_Delete(j);
}

static void no_report_tells_where_it_ran(void **state)
{
	(void)state;
	struct report r = of(&sample);
	r.database = path_join(&arena, root, "build/compile_commands.json");
	struct incomplete here = sample_incomplete[0];
	here.file = path_join(&arena, root, "src/pay.c");
	r.incomplete = &here;
	assert_lacks(written(report_json, &r), root);
	assert_lacks(written(report_sarif, &r), root);
	cJSON *j = parsed(report_json, &r);
	assert_string_equal(string_at(j, "database"), "build/compile_commands.json");
	cJSON_Delete(j);
}

static void sarif_holds_the_path(void **state)
{
	(void)state;
	struct report r = of(&sample);
	cJSON *j = parsed(report_sarif, &r);
	cJSON *run = at(j, "runs/0"), *leak = at(run, "results/1"),
	      *attribute = at(run, "results/2");
	assert_string_equal(string_at(j, "version"), "2.1.0");
	assert_string_equal(string_at(run, "tool/driver/rules/1/id"), "span-leak");
	assert_string_equal(string_at(run, "tool/driver/rules/1/name"), "SpanLeak");
	assert_has(string_at(run, "tool/driver/rules/1/help/markdown"), "| lifetime |");
	assert_has(string_at(run, "tool/driver/rules/1/help/text"), "lifetime  recommended");
	assert_int_equal(number_at(leak, "ruleIndex"), 1);
	assert_has(string_at(leak, "message/text"), "on this path.\nWhy: a span");
	assert_string_equal(string_at(leak, "locations/0/physicalLocation/region/snippet/text"),
		"ctel_span_start(t, \"place order\", NULL)");
	assert_int_equal(cJSON_GetArraySize(at(leak, "relatedLocations")), 3);
	assert_string_equal(
		string_at(leak, "codeFlows/0/threadFlows/0/locations/2/location/message/text"),
		"leaves without ending it");
	assert_string_equal(
		string_at(attribute, "relatedLocations/1/physicalLocation/artifactLocation/uri"),
		"src/db/a%20b%231.c");
	assert_int_equal(cJSON_GetArraySize(at(leak, "suppressions")), 0);
	assert_string_equal(
		string_at(run, "results/4/suppressions/0/justification"), "shown in the lab");
	assert_true(cJSON_IsFalse(at(run, "invocations/0/executionSuccessful")));
	assert_string_equal(
		string_at(run, "invocations/0/toolExecutionNotifications/0/level"), "error");
	cJSON_Delete(j);
}

static void reports_carry_patches(void **state)
{
	(void)state;
	struct report r = of(&sample);
	const char *json = written(report_json, &r);
	assert_has(json, "\"title\": \"note it on the span\"");
	assert_has(json, "\"safe\": true");
	assert_has(json, "\"text\": \"order_note(span)\"");
	const char *sarif = written(report_sarif, &r);
	assert_has(sarif, "\"fixes\": [");
	/* 49 bytes are 45 UTF-16 units: two letters of two bytes, one of four that is two units */
	cJSON *j = parsed(report_sarif, &r);
	cJSON *region = at(j, "runs/0/results/2/fixes/0/artifactChanges/0/replacements/0/"
			      "deletedRegion");
	assert_int_equal(at(region, "startLine")->valueint, 10);
	assert_int_equal(at(region, "startColumn")->valueint, 45);
	cJSON_Delete(j);
	const char *text = written(report_text, &r);
	assert_has(text, "order_note(span);");
}

static void sarif_columns_count_utf16(void **state)
{
	(void)state;
	struct report r = of(&sample);
	cJSON *j = parsed(report_sarif, &r);
	cJSON *region = at(j, "runs/0/results/2/locations/0/physicalLocation/region");
	/* byte 49; before it "ö" and "ß" (two bytes, one unit each) and a cart (four, two) */
	assert_int_equal(number_at(region, "startColumn"), 49 - 1 - 1 - 2);
	assert_int_equal(number_at(region, "endColumn"), 71 - 1 - 1 - 2 - 2);
	cJSON_Delete(j);
}

static void sarif_takes_any_path(void **state)
{
	(void)state;
	static const struct {
		const char *file, *uri;
	} cases[] = {{"a:b.c", "a%3Ab.c"}, {"\xff.c", "%FF.c"},
		{"/usr/include/x y.h", "file:///usr/include/x%20y.h"}};
	for (size_t i = 0; i < 3; i++) {
		struct findings f;
		findings_init(&f, &arena);
		findings_add(&f, (struct finding){.rule = "r", .place = {cases[i].file, 1, 1, 0}});
		findings_finish(&f);
		struct report r = of(&f);
		cJSON *j = parsed(report_sarif, &r);
		cJSON *place = at(j, "runs/0/results/0/locations/0/physicalLocation");
		assert_string_equal(string_at(place, "artifactLocation/uri"), cases[i].uri);
		cJSON_Delete(j);
	}
}

static void strings_are_escaped(void **state)
{
	(void)state;
	struct strbuf b;
	struct jsonout j;
	const char bytes[] = "\"\\/\n\t\r\x01\x7f\xc3\xa9\xff\xed\xa0\x80\xf0\x9f\x9b\x92\xe6";
	strbuf_init(&b, &arena);
	jsonout_init(&j, &b);
	jsonout_array(&j, NULL);
	jsonout_string(&j, NULL, bytes);
	jsonout_string_n(&j, NULL, "a\0b", 3);
	jsonout_string(&j, NULL, NULL);
	jsonout_int(&j, NULL, INT64_MIN);
	jsonout_object(&j, NULL);
	jsonout_object_end(&j);
	jsonout_array_end(&j);
	assert_string_equal(strbuf_str(&b),
		"[\n  "
		"\"\\\"\\\\/\\n\\t\\r\\u0001\\u007f\xc3\xa9\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"
		"\xef\xbf\xbd\xf0\x9f\x9b\x92\xef\xbf\xbd\",\n"
		"  \"a\\u0000b\",\n  \"\",\n  -9223372036854775808,\n  {}\n]\n");
}

static void utf8_is_decoded_strictly(void **state)
{
	(void)state;
	static const struct {
		const char *s;
		size_t size;
		uint32_t c;
	} cases[] = {{"a", 1, 'a'}, {"\xc3\xa9", 2, 0xe9}, {"\xe6\xb3\xa8", 3, 0x6ce8},
		{"\xf4\x8f\xbf\xbf", 4, 0x10ffff}, {"\xc0\x80", 1, UTF8_REPLACEMENT},
		{"\xe0\x80\x80", 1, UTF8_REPLACEMENT}, {"\xed\xbf\xbf", 1, UTF8_REPLACEMENT},
		{"\xf4\x90\x80\x80", 1, UTF8_REPLACEMENT}, {"\xe6\xb3", 1, UTF8_REPLACEMENT},
		{"\x80", 1, UTF8_REPLACEMENT}, {"\xef\xbf\xbd", 3, UTF8_REPLACEMENT}};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		uint32_t c;
		assert_int_equal(utf8_decode(cases[i].s, strlen(cases[i].s), &c), cases[i].size);
		assert_int_equal(c, cases[i].c);
	}
	assert_int_equal(utf8_width("e\xcc\x81\xe6\xb3\xa8", 6), 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_shows_path_and_next_step),
		cmocka_unit_test(text_names_files_only_when_they_differ),
		cmocka_unit_test(text_closes_with_the_fine_line),
		cmocka_unit_test(text_without_findings),
		cmocka_unit_test(text_counts_one),
		cmocka_unit_test(color_is_the_only_difference),
		cmocka_unit_test(snippets_expand_tabs),
		cmocka_unit_test(snippets_measure_characters),
		cmocka_unit_test(snippets_make_text_safe),
		cmocka_unit_test(snippets_cut_long_lines),
		cmocka_unit_test(changed_files_give_no_snippet),
		cmocka_unit_test(write_errors_are_told),
		cmocka_unit_test(json_holds_every_field),
		cmocka_unit_test(no_report_tells_where_it_ran),
		cmocka_unit_test(sarif_holds_the_path),
		cmocka_unit_test(reports_carry_patches),
		cmocka_unit_test(sarif_columns_count_utf16),
		cmocka_unit_test(sarif_takes_any_path),
		cmocka_unit_test(strings_are_escaped),
		cmocka_unit_test(utf8_is_decoded_strictly),
	};
	return cmocka_run_group_tests_name("report", tests, set_up, tear_down);
}
