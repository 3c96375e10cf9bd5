/* Suppressions: the grammar, what they mark, and what is said about them. */
#include "findings/suppress.h"

#include "base/str.h"
#include "findings/suppress_parse.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const char *const rules[] = {"missing-span", "span-leak", "trivial-span"};
static const bool enabled[] = {true, true, false};

static struct arena arena;
static struct findings findings;

static int set_up(void **state)
{
	(void)state;
	arena_init(&arena);
	findings_init(&findings, &arena);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	arena_fini(&arena);
	return 0;
}

static void add(const char *rule, uint32_t line)
{
	findings_add(&findings, (struct finding){.rule = rule,
					.severity = SEVERITY_WARNING,
					.place = {"a.c", line, 1, 0},
					.message = "m",
					.subject = "s"});
}

static void apply(const struct suppression *all, size_t nr)
{
	suppress_apply(&findings, all, nr, rules, enabled, 3);
}

static struct suppression on_line(uint32_t line, const char *text)
{
	return (struct suppression){.place = {"a.c", line, 9, 0},
		.text = text,
		.target = line,
		.from = line,
		.to = line};
}

static void parses_what_is_right(void **state)
{
	(void)state;
	struct suppress_text t;
	suppress_parse(&arena, "allow(span-leak) reason: the pool ends it", &t);
	assert_int_equal(t.fault, SUPPRESS_FINE);
	assert_int_equal(t.rules.nr, 1);
	assert_string_equal(t.rules.at[0], "span-leak");
	assert_string_equal(t.reason, "the pool ends it");
	suppress_parse(&arena, " allow ( a ,b,\ta )reason:over\n  two lines  ", &t);
	assert_int_equal(t.fault, SUPPRESS_FINE);
	assert_int_equal(t.rules.nr, 2);
	assert_string_equal(t.rules.at[1], "b");
	assert_string_equal(t.reason, "over two lines");
}

static void says_what_is_wrong(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		enum suppress_fault fault;
		const char *message, *fix;
	} cases[] = {
		{"", SUPPRESS_MALFORMED, "\"otel-tidy:\" is followed by nothing", "remove"},
		{"allow", SUPPRESS_MALFORMED, "\"allow\" is not followed by a list", "write "},
		{"allow span-leak", SUPPRESS_MALFORMED, "not followed by a list", "write "},
		{"allow()", SUPPRESS_MALFORMED, "names no rule", "name the rule"},
		{"allow( ) reason: x", SUPPRESS_MALFORMED, "names no rule", "name the rule"},
		{"allow(a,) reason: x", SUPPRESS_MALFORMED, "lacks a rule name before \")",
			"commas"},
		{"allow(,a) reason: x", SUPPRESS_MALFORMED, "lacks a rule name before \",", ""},
		{"allow(a b) reason: x", SUPPRESS_MALFORMED,
			"has \"b) reason: x\" after rule \"a\"", "commas"},
		{"allow(a", SUPPRESS_MALFORMED, "not closed", "close the list"},
		{"allow(a,", SUPPRESS_MALFORMED, "not closed", "close the list"},
		{"alow(a) reason: x", SUPPRESS_MALFORMED, "did you mean \"allow\"?", "write "},
		{"disable(a) reason: x", SUPPRESS_MALFORMED,
			"unknown directive \"disable\"; only \"allow\" exists", "write "},
		{"(a)", SUPPRESS_MALFORMED, "expected \"allow(rule)\", not \"(a)\"", "write "},
		{"allow(a)", SUPPRESS_NO_REASON, "gives no reason", "say why"},
		{"allow(a) reason:  ", SUPPRESS_NO_REASON, "nothing after \"reason:\"", "say why"},
		{"allow(a): it is kept", SUPPRESS_NO_REASON, "does not introduce its reason",
			"write reason: it is kept"},
		{"allow(a) Reason: x", SUPPRESS_NO_REASON, "does not introduce its reason",
			"write reason: "},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct suppress_text t;
		suppress_parse(&arena, cases[i].text, &t);
		if (t.fault != cases[i].fault || !strstr(t.message, cases[i].message) ||
			!strstr(t.fix, cases[i].fix))
			fail_msg("%s: fault %d, \"%s\", \"%s\"", cases[i].text, (int)t.fault,
				t.message, t.fix);
		assert_true(t.fault == SUPPRESS_NO_REASON ? t.rules.nr == 1 : t.rules.nr == 0);
		assert_string_equal(t.reason, "");
	}
}

static void excerpts_keep_characters_whole(void **state)
{
	(void)state;
	struct suppress_text t;
	suppress_parse(
		&arena, "\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4x\xc3\xa4", &t);
	assert_non_null(strstr(t.message, "\xc3\xa4x\""));
}

static void marks_its_line_only(void **state)
{
	(void)state;
	struct suppression s = on_line(5, "allow(span-leak) reason: kept");
	add("span-leak", 5);
	add("span-leak", 6);
	add("missing-span", 5);
	apply(&s, 1);
	assert_int_equal(findings.all.nr, 3);
	assert_true(findings.all.at[0].is_suppressed);
	assert_string_equal(findings.all.at[0].justification, "kept");
	assert_false(findings.all.at[1].is_suppressed);
	assert_false(findings.all.at[2].is_suppressed);
}

static void marks_a_function(void **state)
{
	(void)state;
	struct suppression s = on_line(4, "allow(span-leak) reason: all of it");
	s.target = 5;
	s.from = 5;
	s.to = 20;
	add("span-leak", 4);
	add("span-leak", 5);
	add("span-leak", 20);
	add("span-leak", 21);
	apply(&s, 1);
	assert_int_equal(findings.all.nr, 4);
	assert_false(findings.all.at[0].is_suppressed);
	assert_true(findings.all.at[1].is_suppressed);
	assert_true(findings.all.at[2].is_suppressed);
	assert_false(findings.all.at[3].is_suppressed);
}

static void another_file_is_not_meant(void **state)
{
	(void)state;
	struct suppression s = on_line(5, "allow(span-leak) reason: kept");
	s.place.file = "b.c";
	add("span-leak", 5);
	apply(&s, 1);
	assert_false(findings.all.at[0].is_suppressed);
	assert_int_equal(findings.all.nr, 2);
	assert_string_equal(findings.all.at[1].rule, "unused-suppression");
}

static void the_nearest_reason_counts(void **state)
{
	(void)state;
	struct suppression both[] = {on_line(4, "allow(span-leak) reason: function"),
		on_line(7, "allow(span-leak) reason: line")};
	both[0].from = 5;
	both[0].to = 20;
	add("span-leak", 7);
	apply(both, 2);
	assert_int_equal(findings.all.nr, 1);
	assert_string_equal(findings.all.at[0].justification, "line");
}

static void without_reason_nothing_is_marked(void **state)
{
	(void)state;
	struct suppression s = on_line(5, "allow(span-leak)");
	add("span-leak", 5);
	apply(&s, 1);
	assert_false(findings.all.at[0].is_suppressed);
	assert_int_equal(findings.all.nr, 2);
	assert_string_equal(findings.all.at[1].rule, "suppression-without-reason");
	assert_int_equal(findings.all.at[1].severity, SEVERITY_WARNING);
	assert_int_equal(findings.all.at[1].place.col, 9);
}

static void unknown_names_get_a_suggestion(void **state)
{
	(void)state;
	struct suppression s = on_line(5, "allow(span-leek, xyzzyxyzzy, span-leak) reason: kept");
	add("span-leak", 5);
	apply(&s, 1);
	assert_int_equal(findings.all.nr, 3);
	assert_true(findings.all.at[0].is_suppressed);
	assert_string_equal(findings.all.at[1].rule, "unknown-suppression");
	assert_non_null(strstr(findings.all.at[1].message, "did you mean \"span-leak\"?"));
	assert_string_equal(
		findings.all.at[2].message, "suppression names unknown rule \"xyzzyxyzzy\"");
	assert_string_equal(findings.all.at[2].fix, "list the names with: otel-tidy rules");
}

static void malformed_text_is_unknown(void **state)
{
	(void)state;
	struct suppression s = on_line(5, "ignore this");
	add("span-leak", 5);
	apply(&s, 1);
	assert_false(findings.all.at[0].is_suppressed);
	assert_string_equal(findings.all.at[1].rule, "unknown-suppression");
}

static void unused_is_said_of_rules_that_ran(void **state)
{
	(void)state;
	struct suppression all[] = {on_line(5, "allow(span-leak) reason: gone"),
		on_line(6, "allow(trivial-span) reason: did not run"),
		on_line(7, "allow(span-leak, missing-span) reason: half"),
		on_line(8, "allow(span-leak) reason: not judged")};
	all[3].is_unsure = true;
	add("missing-span", 7);
	apply(all, 4);
	assert_int_equal(findings.all.nr, 3);
	assert_true(findings.all.at[0].is_suppressed);
	assert_string_equal(findings.all.at[1].rule, "unused-suppression");
	assert_int_equal(findings.all.at[1].place.line, 5);
	assert_string_equal(findings.all.at[1].fix, "remove the comment");
	assert_int_equal(findings.all.at[2].place.line, 7);
	assert_string_equal(findings.all.at[2].fix, "remove span-leak from the list");
}

static void findings_about_suppressions_stay(void **state)
{
	(void)state;
	struct suppression all[] = {on_line(5, "allow(unused-suppression) reason: hush"),
		on_line(5, "allow(span-leak) reason: gone")};
	apply(all, 2);
	assert_int_equal(findings.all.nr, 2);
	assert_string_equal(
		findings.all.at[0].message, "\"unused-suppression\" cannot be suppressed");
	assert_string_equal(findings.all.at[1].rule, "unused-suppression");
	assert_false(findings.all.at[1].is_suppressed);
}

static void a_header_of_two_units_speaks_once(void **state)
{
	(void)state;
	struct suppression twice[] = {
		on_line(5, "allow(span-leak)"), on_line(5, "allow(span-leak)")};
	apply(twice, 2);
	findings_finish(&findings);
	assert_int_equal(findings.all.nr, 1);
}

static void rules_have_pages(void **state)
{
	(void)state;
	static const char *const sections[] = {"## What", "## Why", "## Bad", "## Good",
		"## Stays silent", "## Limits", "## Precision", "## Sources",
		"\n| group | tier | severity | since |\n|---|---|---|---|\n| suppression | "};
	for (size_t i = 0; i < SUPPRESS_NR_RULES; i++) {
		const struct suppress_rule *rule = &suppress_rules[i];
		assert_true(str_has_prefix(rule->page, "# "));
		assert_int_equal(strncmp(rule->page + 2, rule->name, strlen(rule->name)), 0);
		assert_non_null(strstr(rule->page, rule->summary));
		assert_true(!i || strcmp(suppress_rules[i - 1].name, rule->name) < 0);
		for (size_t k = 0; k < sizeof(sections) / sizeof(sections[0]); k++)
			assert_non_null(strstr(rule->page, sections[k]));
	}
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(parses_what_is_right),
		TEST(says_what_is_wrong),
		TEST(excerpts_keep_characters_whole),
		TEST(marks_its_line_only),
		TEST(marks_a_function),
		TEST(another_file_is_not_meant),
		TEST(the_nearest_reason_counts),
		TEST(without_reason_nothing_is_marked),
		TEST(unknown_names_get_a_suggestion),
		TEST(malformed_text_is_unknown),
		TEST(unused_is_said_of_rules_that_ran),
		TEST(findings_about_suppressions_stay),
		TEST(a_header_of_two_units_speaks_once),
		TEST(rules_have_pages),
	};
	return cmocka_run_group_tests_name("suppress", tests, NULL, NULL);
}
