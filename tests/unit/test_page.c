/* Rule pages on a terminal. */
#include "report/page.h"

#include "base/str.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct arena arena;

static int set_up(void **state)
{
	(void)state;
	arena_init(&arena);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	arena_fini(&arena);
	return 0;
}

static const char *render(const char *markdown, unsigned width, bool color)
{
	struct strbuf *b = arena_new(&arena, struct strbuf);
	struct pen pen = {.out = b, .width = width, .color = color};
	strbuf_init(b, &arena);
	page_render(&pen, markdown);
	return strbuf_str(b);
}

static void blocks_are_set_apart(void **state)
{
	(void)state;
	assert_string_equal(
		render("# name\n\n\n\none\ntwo\n## What ##\nthree\n### Deep\n", 80, false),
		"name\n\n  one two\n\nWhat\n\n  three\n\n  Deep\n");
	assert_string_equal(render("", 80, false), "");
	assert_string_equal(render("\n\n", 80, false), "");
}

static void words_wrap(void **state)
{
	(void)state;
	assert_string_equal(render("one two three four five six seven eight\n", 24, false),
		"  one two three four\n  five six seven eight\n");
	assert_string_equal(render("a-word-much-longer-than-any-line-can-be-here b\n", 24, false),
		"  a-word-much-longer-than-any-line-can-be-here\n  b\n");
}

static void code_stays_as_it_is(void **state)
{
	(void)state;
	assert_string_equal(
		render("```c\nif (x)\n\tf();\n\n# no heading *a*\n```\nafter\n", 80, false),
		"      if (x)\n              f();\n\n      # no heading *a*\n\n  after\n");
	assert_string_equal(render("~~~~\n~~~\n```\n~~~~\n", 80, false), "      ~~~\n      ```\n");
	assert_string_equal(render("```\nnever closed", 80, false), "      never closed\n");
	assert_string_equal(render("```\nx\n```\n", 80, true), "      \x1b[36mx\x1b[0m\n");
}

static void inline_markup(void **state)
{
	(void)state;
	static const struct {
		const char *markdown, *plain;
	} cases[] = {
		{"a `b_c_d` e", "  a `b_c_d` e\n"},
		{"a `` b`c `` d", "  a `b`c` d\n"},
		{"a ` b", "  a ` b\n"},
		{"**strong** and *weak* and _weak_", "  strong and weak and weak\n"},
		{"snake_case_name 2 * 3 * 4 *open", "  snake_case_name 2 * 3 * 4 *open\n"},
		{"\\*no\\* \\` a\\b", "  *no* ` a\\b\n"},
		{"see [the page](../x.md).", "  see the page.\n"},
		{"see [it](https://a.b/c).", "  see it <https://a.b/c>.\n"},
		{"[x] [y]( <http://a.b>", "  [x] [y]( <http://a.b>\n"},
		{"a<!-- hidden -->b", "  ab\n"},
		{"gr\xc3\xbc\xc3\x9f"
		 "e",
			"  gr\xc3\xbc\xc3\x9f"
			"e\n"},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_string_equal(render(cases[i].markdown, 80, false), cases[i].plain);
	assert_string_equal(render("**a b**, `c`.", 80, true),
		"  \x1b[1ma\x1b[0m \x1b[1mb\x1b[0m, \x1b[36mc\x1b[0m.\n");
}

static void lists_hang(void **state)
{
	(void)state;
	assert_string_equal(
		render("- one two three four five\n- six\n  seven\n  - deep\n\ntext\n", 24, false),
		"  - one two three four\n    five\n  - six seven\n    - deep\n\n  text\n");
	assert_string_equal(render("9. nine\n10. ten\n", 40, false), "  9. nine\n  10. ten\n");
}

static void quotes_have_a_bar(void **state)
{
	(void)state;
	assert_string_equal(render("> one\n> two\n", 40, false), "  | one two\n");
}

static void tables_align(void **state)
{
	(void)state;
	assert_string_equal(
		render("| a | number |\n|---|--:|\n| long cell | 7 |\n| `x\\|y` |\n", 80, false),
		"  a          number\n  ---------  ------\n  long cell       7\n  `x|y`\n");
	assert_string_equal(render("| a |\nno table\n", 80, false), "  | a | no table\n");
}

static void wide_tables_wrap(void **state)
{
	(void)state;
	assert_string_equal(
		render("| key | text |\n|---|---|\n| k | one two three four five six |\n", 26,
			false),
		"  key  text\n  ---  -------------------\n  k    one two three four\n       five "
		"six\n");
}

static void color_is_the_only_difference(void **state)
{
	(void)state;
	const char *page =
		"# n\n\n`a b` **c d** text that wraps somewhere\n\n| a | `b` |\n|--|--|\n"
		"| **c** | d |\n\n> quote\n";
	const char *color = render(page, 24, true);
	struct strbuf stripped;
	strbuf_init(&stripped, &arena);
	for (const char *s = color; *s; s++) {
		if (*s == '\x1b')
			s += strcspn(s, "m");
		else
			strbuf_addc(&stripped, *s);
	}
	/* without colour, code keeps its back-quotes: the rest is the same */
	assert_null(strchr(strbuf_str(&stripped), '`'));
	assert_non_null(strstr(strbuf_str(&stripped), "  a  b\n  -  -\n  c  d\n"));
	assert_non_null(strstr(color, "\x1b[1;36mn\x1b[0m"));
}

static void broken_pages_end(void **state)
{
	(void)state;
	static const char *const pages[] = {"#", "######## x", "|", "|\n|-|", "|-|\n|-|\n", "-",
		"- ", "1.", "1. ", ">", "**", "`", "[", "[](", "<!--", "```", "\\", "\xff\xfe",
		"---", "| a |\n|---|\n|\n||\n", "- a\n\n      b\n", "*\n*\n", "_", "a_", "*a"};
	for (size_t i = 0; i < sizeof(pages) / sizeof(pages[0]); i++) {
		render(pages[i], 1, false);
		render(pages[i], 80, true);
		page_first_paragraph(&arena, pages[i]);
	}
	assert_string_equal(render("######## x", 80, false), "  ######## x\n");
}

static void first_paragraph(void **state)
{
	(void)state;
	assert_string_equal(
		page_first_paragraph(&arena, "# n\n\nA `b`\nc. **D.**\n\nE\n"), "A `b` c. D.");
	assert_string_equal(page_first_paragraph(&arena, "# n\n"), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(blocks_are_set_apart),
		cmocka_unit_test(words_wrap),
		cmocka_unit_test(code_stays_as_it_is),
		cmocka_unit_test(inline_markup),
		cmocka_unit_test(lists_hang),
		cmocka_unit_test(quotes_have_a_bar),
		cmocka_unit_test(tables_align),
		cmocka_unit_test(wide_tables_wrap),
		cmocka_unit_test(color_is_the_only_difference),
		cmocka_unit_test(broken_pages_end),
		cmocka_unit_test(first_paragraph),
	};
	return cmocka_run_group_tests_name("page", tests, set_up, tear_down);
}
