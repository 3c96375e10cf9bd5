/* Tokens, statements and edits of source texts. */
#include "unit.h"

#include <string.h>

#include "base/str.h"
#include "findings/changes.h"
#include "findings/source_text.h"

static struct source_text text_of(struct unit *u, const char *s)
{
	struct source_text t;
	source_text_init(&t, &u->arena, s, strlen(s));
	return t;
}

static void test_places(void **state)
{
	struct source_text t = text_of(*state, "ab\n\ncd");
	uint32_t line, col;
	assert_int_equal(source_offset(&t, 1, 1), 0);
	assert_int_equal(source_offset(&t, 3, 2), 5);
	assert_int_equal(source_offset(&t, 3, 3), NO_OFFSET);
	assert_int_equal(source_offset(&t, 4, 1), NO_OFFSET);
	assert_int_equal(source_offset(&t, 0, 1), NO_OFFSET);
	assert_int_equal(source_offset(&t, 1, 0), NO_OFFSET);
	source_place(&t, 5, &line, &col);
	assert_int_equal(line, 3);
	assert_int_equal(col, 2);
}

/* The statement that holds the '@', as a text; "" when it is refused. */
static const char *statement(struct unit *u, const char *marked)
{
	struct source_range r;
	const char *at = strchr(marked, '@');
	const char *s = arena_printf(&u->arena, "%.*s%s", (int)(at - marked), marked, at + 1);
	struct source_text t = text_of(u, s);
	if (!source_statement(&t, (size_t)(at - marked), &r))
		return "";
	return arena_strndup(&u->arena, s + r.from, r.to - r.from);
}

static void test_statements(void **state)
{
	static const struct {
		const char *marked, *statement;
	} cases[] = {
		{"void f() { @g(1); h(); }", "g(1);"},
		{"void f() { a(); auto s = @g({1, 2}); h(); }", "auto s = g({1, 2});"},
		{"{ a(\";}\"); /* ; } */ @g(); }", "g();"},
		{"{ a(); // ;\n\t@g(\n\t\tx);\n}", "g(\n\t\tx);"},
		{"{ a(R\"x(;})\")x\"); @g(); }", "g();"},
		{"{ for (;;) { @g(); } }", "g();"},
		{"{ run([&] { a(); @g(); }); }", "g();"},
		{"{ run([&] { a(); }); @g(); }", "g();"},
		{"{\n#define X {\n\t@g();\n}", "g();"},
		{"{ char c = '}'; @g(); }", "g();"},
		/* a part of another statement, or not to be told */
		{"{ if (x) @g(); }", ""},
		{"{ if (x) { a(); } else @g(); }", ""},
		{"{ for (;;) @g(); }", ""},
		{"{ while (x) @g(); }", ""},
		{"{ out: @g(); }", ""},
		{"{ switch (x) { case 1: @g(); } }", ""},
		{"{ return @g(); }", ""},
		{"{ #ifdef A\n } else {\n@g(", ""},
		{"} @g();", ""},
		{"{ @g()", ""},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const char *is = statement(*state, cases[i].marked);
		if (!str_eq(is, cases[i].statement))
			fail_msg("%s: \"%s\"", cases[i].marked, is);
	}
}

static void test_calls(void **state)
{
	struct unit *u = *state;
	struct source_range args[4];
	const char *s = "t->Start(\"a(,\", {{\"k\", f(1, 2)}}, /* , */ x); Start(1)";
	struct source_text t = text_of(u, s);
	size_t open = source_call(&t, 0, "Start");
	assert_int_equal(open, 8);
	size_t close = source_close(&t, open);
	assert_int_equal(source_arguments(&t, open, close, args, 4), 3);
	assert_int_equal(s[args[1].from], '{');
	assert_int_equal(s[args[1].to - 1], '}');
	assert_int_equal(source_call(&t, 0, "End"), NO_OFFSET);
	struct source_text bad = text_of(u, "f(a]");
	assert_int_equal(source_close(&bad, 1), NO_OFFSET);
}

static const char *diff(struct unit *u, const char *s, struct edit *edits, size_t nr)
{
	const struct edit *list[8];
	struct strbuf out;
	strbuf_init(&out, &u->arena);
	for (size_t i = 0; i < nr; i++)
		list[i] = &edits[i];
	changes_diff(&out, &u->arena, "a.c", s, strlen(s), list, nr);
	return strbuf_str(&out);
}

static void test_diff(void **state)
{
	struct unit *u = *state;
	const char *s = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\n15";
	struct edit edits[] = {{.from = 2, .to = 4, .text = ""},  /* line 2 goes */
		{.from = 4, .to = 5, .text = "three"},            /* line 3 */
		{.from = 31, .to = 31, .text = " and\nthe end"}}; /* behind line 14 */
	assert_string_equal(diff(u, s, edits, 3),
		"--- a/a.c\n+++ b/a.c\n"
		"@@ -1,6 +1,5 @@\n 1\n-2\n-3\n+three\n 4\n 5\n 6\n"
		"@@ -11,5 +10,6 @@\n 11\n 12\n 13\n-14\n+1 and\n+the end4\n 15\n"
		"\\ No newline at end of file\n");
	assert_string_equal(diff(u, s, edits, 0), "");
	struct edit all = {.from = 0, .to = 2, .text = ""};
	assert_string_equal(diff(u, "x\n", &all, 1), "--- a/a.c\n+++ b/a.c\n@@ -1,1 +0,0 @@\n-x\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		unit_test_with_dir(test_places),
		unit_test_with_dir(test_statements),
		unit_test_with_dir(test_calls),
		unit_test_with_dir(test_diff),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
