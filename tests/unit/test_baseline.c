/* The baseline: reading, pairing, stale entries; comparing two versions of a program. */
#include "findings/baseline.h"

#include "findings/compare.h"

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

static struct finding make(
	const char *file, uint32_t line, const char *function, const char *subject)
{
	return (struct finding){.rule = "span-leak",
		.severity = SEVERITY_WARNING,
		.place = {file, line, 1, 0},
		.function = function,
		.message = "m",
		.subject = subject};
}

static struct findings list(const struct finding *all, size_t nr)
{
	struct findings f;
	findings_init(&f, &arena);
	for (size_t i = 0; i < nr; i++)
		findings_add(&f, all[i]);
	findings_finish(&f);
	return f;
}

static const char *text_of(const struct findings *f)
{
	const struct finding **all = arena_array(&arena, const struct finding *, f->all.nr);
	for (size_t i = 0; i < f->all.nr; i++)
		all[i] = &f->all.at[i];
	return baseline_text(&arena, all, f->all.nr);
}

static struct baseline read(const char *text)
{
	struct baseline b;
	const char *error = NULL;
	assert_true(baseline_read(&arena, "x.baseline", text, &b, &error));
	return b;
}

static bool always(const void *ctx, const struct finding *entry)
{
	(void)ctx, (void)entry;
	return true;
}

static size_t nr_stale(const struct baseline *b)
{
	struct findings f = list(NULL, 0);
	baseline_add_stale(b, &f, always, NULL);
	return f.all.nr;
}

static void what_was_written_matches(void **state)
{
	(void)state;
	const struct finding all[] = {make("a.c", 3, "f", "tab\there\\and\nline"),
		make("b.c", 9, "ns::g", ""), make("c.c", 1, "", "x")};
	struct findings f = list(all, 3);
	struct baseline b = read(text_of(&f));
	baseline_apply(&b, &f);
	for (size_t i = 0; i < 3; i++) {
		assert_true(f.all.at[i].is_suppressed && f.all.at[i].is_accepted);
		assert_string_equal(f.all.at[i].justification, "accepted in x.baseline");
	}
	assert_int_equal(nr_stale(&b), 0);
	assert_string_equal(text_of(&f), text_of(&b.entries));
}

static void lines_are_sorted(void **state)
{
	(void)state;
	struct finding all[40];
	for (uint32_t i = 0; i < 40; i++)
		all[i] = make("a.c", i + 1, "f", arena_printf(&arena, "%u", i));
	struct findings f = list(all, 40);
	const char *last = "";
	for (const char *s = strchr(text_of(&f), '\n') + 1; *s; s = strchr(s, '\n') + 1) {
		assert_true(strcmp(last, s) < 0);
		last = s;
	}
}

static void a_new_one_in_another_file_is_new(void **state)
{
	(void)state;
	const struct finding old = make("b.c", 5, "main", "x");
	const struct finding now[] = {make("a.c", 5, "main", "x"), make("b.c", 7, "main", "x")};
	struct findings was = list(&old, 1), f = list(now, 2);
	struct baseline b = read(text_of(&was));
	baseline_apply(&b, &f);
	assert_false(f.all.at[0].is_suppressed);
	assert_true(f.all.at[1].is_suppressed);
}

static void an_entry_follows_a_renamed_file(void **state)
{
	(void)state;
	const struct finding old = make("b.c", 5, "main", "x"), now = make("z.c", 1, "main", "x");
	struct findings was = list(&old, 1), f = list(&now, 1);
	struct baseline b = read(text_of(&was));
	baseline_apply(&b, &f);
	assert_true(f.all.at[0].is_suppressed);
	assert_int_equal(nr_stale(&b), 0);
}

static void one_entry_accepts_one_finding(void **state)
{
	(void)state;
	const struct finding all[] = {make("a.c", 5, "f", "x"), make("a.c", 9, "f", "x")};
	struct findings was = list(all, 1), f = list(all, 2);
	struct baseline b = read(text_of(&was));
	baseline_apply(&b, &f);
	assert_true(f.all.at[0].is_suppressed);
	assert_false(f.all.at[1].is_suppressed);
}

static void what_is_mended_is_stale(void **state)
{
	(void)state;
	const struct finding all[] = {make("a.c", 5, "f", "x"), make("a.c", 9, "f", "x")};
	struct findings was = list(all, 2), f = list(all, 1);
	struct baseline b = read(text_of(&was));
	baseline_apply(&b, &f);
	baseline_add_stale(&b, &f, always, NULL);
	assert_int_equal(f.all.nr, 2);
	assert_string_equal(f.all.at[1].rule, "stale-baseline");
	assert_string_equal(f.all.at[1].place.file, "x.baseline");
	assert_true(f.all.at[1].place.line == 2 || f.all.at[1].place.line == 3);
}

static void comments_keep_their_say(void **state)
{
	(void)state;
	struct finding one = make("a.c", 5, "f", "x");
	struct findings was = list(&one, 1);
	one.is_suppressed = true;
	one.justification = "because";
	struct findings f = list(&one, 1);
	struct baseline b = read(text_of(&was));
	baseline_apply(&b, &f);
	assert_false(f.all.at[0].is_accepted);
	assert_string_equal(f.all.at[0].justification, "because");
	assert_int_equal(nr_stale(&b), 1);
}

static void refused(const char *text, const char *part)
{
	struct baseline b;
	const char *error = NULL;
	assert_false(baseline_read(&arena, "x.baseline", text, &b, &error));
	if (!strstr(error, part))
		fail_msg("%s lacks %s", error, part);
}

static void bad_files_are_refused(void **state)
{
	(void)state;
	refused("# head\n<<<<<<< HEAD\n", "x.baseline:2: a merge conflict");
	refused("\n=======\n", "x.baseline:2: a merge conflict");
	refused("garbage\n", "x.baseline:1: not an entry");
	refused("0123456789abcdef0123456789abcdef\ta\tb\tc\n", "x.baseline:1: not an entry");
	refused("0123456789ABCDEF0123456789abcdef\ta\tb\tc\td\n", "x.baseline:1: not an entry");
	assert_int_equal(read("").entries.all.nr, 0);
	assert_int_equal(read("# only\r\n\r\n").entries.all.nr, 0);
	assert_int_equal(read("0123456789abcdef0123456789abcdef\ta\tb\tc\t\r\n").entries.all.nr, 1);
}

static void what_is_accepted_is_neither_new_nor_mended(void **state)
{
	(void)state;
	const struct finding old[] = {make("a.c", 5, "f", "x"), make("a.c", 8, "gone", "x")};
	struct finding now[] = {
		make("a.c", 5, "f", "x"), make("a.c", 9, "g", "x"), make("a.c", 12, "h", "x")};
	now[0].is_suppressed = now[0].is_accepted = true;
	now[1].is_suppressed = now[1].is_accepted = true;
	struct findings before = list(old, 2), after = list(now, 3), fixed = list(NULL, 0);
	findings_compare(&before, &after, &fixed);
	assert_int_equal(after.all.nr, 1);
	assert_string_equal(after.all.at[0].function, "h");
	assert_int_equal(fixed.all.nr, 1);
	assert_string_equal(fixed.all.at[0].function, "gone");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_written_matches),
		cmocka_unit_test(lines_are_sorted),
		cmocka_unit_test(a_new_one_in_another_file_is_new),
		cmocka_unit_test(an_entry_follows_a_renamed_file),
		cmocka_unit_test(one_entry_accepts_one_finding),
		cmocka_unit_test(what_is_mended_is_stale),
		cmocka_unit_test(comments_keep_their_say),
		cmocka_unit_test(bad_files_are_refused),
		cmocka_unit_test(what_is_accepted_is_neither_new_nor_mended),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
