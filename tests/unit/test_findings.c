/* Findings: order, duplicates, fingerprints. */
#include "findings/finding.h"

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

static struct finding make(const char *rule, const char *file, uint32_t line, uint32_t col)
{
	return (struct finding){.rule = rule,
		.severity = SEVERITY_WARNING,
		.place = {file, line, col, 0},
		.function = "f",
		.message = "m",
		.subject = "s"};
}

static void sorts_by_place_rule_message(void **state)
{
	(void)state;
	struct findings f;
	struct finding late = make("a", "a.c", 2, 1);
	late.message = "n";
	findings_init(&f, &arena);
	findings_add(&f, make("a", "b.c", 1, 1));
	findings_add(&f, late);
	findings_add(&f, make("b", "a.c", 2, 1));
	findings_add(&f, make("a", "a.c", 2, 1));
	findings_add(&f, make("z", "a.c", 2, 0));
	findings_add(&f, make("a", "a.c", 10, 1));
	findings_finish(&f);
	assert_int_equal(f.all.nr, 6);
	assert_string_equal(f.all.at[0].rule, "z");
	assert_string_equal(f.all.at[1].message, "m");
	assert_string_equal(f.all.at[2].message, "n");
	assert_string_equal(f.all.at[3].rule, "b");
	assert_int_equal(f.all.at[4].place.line, 10);
	assert_string_equal(f.all.at[5].place.file, "b.c");
}

static void drops_what_several_units_say(void **state)
{
	(void)state;
	static const struct step steps[] = {
		{{"a.h", 1, 1, 0}, "starts"}, {{"a.h", 2, 1, 0}, "ends"}};
	struct findings f;
	struct finding proven = make("a", "a.h", 3, 1), shorter = proven;
	proven.steps = shorter.steps = steps;
	proven.nr_steps = 2;
	shorter.nr_steps = 1;
	findings_init(&f, &arena);
	findings_add(&f, proven);
	findings_add(&f, shorter);
	findings_add(&f, proven);
	findings_add(&f, make("a", "a.h", 4, 1));
	findings_finish(&f);
	assert_int_equal(f.all.nr, 2);
	assert_int_equal(f.all.at[0].nr_steps, 1);
	assert_int_equal(f.all.at[1].place.line, 4);
}

static void order_does_not_depend_on_input(void **state)
{
	(void)state;
	struct findings f, g;
	struct finding one = make("a", "a.c", 1, 1), two = one;
	one.fix = "first";
	two.fix = "second";
	findings_init(&f, &arena);
	findings_init(&g, &arena);
	findings_add(&f, one);
	findings_add(&f, two);
	findings_add(&g, two);
	findings_add(&g, one);
	findings_finish(&f);
	findings_finish(&g);
	assert_int_equal(f.all.nr, 1);
	assert_string_equal(f.all.at[0].fix, "first");
	assert_string_equal(g.all.at[0].fix, "first");
}

/* The fingerprint of a finding that stands alone. */
static const char *fingerprint(struct finding finding)
{
	struct findings f;
	findings_init(&f, &arena);
	findings_add(&f, finding);
	findings_finish(&f);
	return arena_strdup(&arena, f.all.at[0].fingerprint);
}

static void fingerprints_survive_edits(void **state)
{
	(void)state;
	struct finding here = make("a", "a.c", 5, 2), moved = make("a", "a.c", 90, 7);
	moved.message = "worded anew";
	moved.severity = SEVERITY_ERROR;
	assert_int_equal(strlen(fingerprint(here)), 32);
	assert_string_equal(fingerprint(here), fingerprint(moved));
}

static void fingerprints_differ_by_identity(void **state)
{
	(void)state;
	struct finding base = make("a", "a.c", 5, 2), other[3] = {base, base, base};
	other[0].rule = "b";
	other[1].function = "g";
	other[2].subject = "t";
	for (size_t i = 0; i < 3; i++)
		assert_string_not_equal(fingerprint(base), fingerprint(other[i]));
}

static void fingerprints_survive_new_names_of_files(void **state)
{
	(void)state;
	assert_string_equal(
		fingerprint(make("a", "a.c", 5, 2)), fingerprint(make("a", "b.c", 5, 2)));
}

static void fingerprints_of_lambdas_have_no_place(void **state)
{
	(void)state;
	struct finding here = make("a", "a.c", 5, 2), moved = here, named = here;
	here.function = "f::lambda@12:30";
	moved.function = "f::lambda@7:4";
	named.function = "g::lambda@12:30";
	assert_string_equal(fingerprint(here), fingerprint(moved));
	assert_string_not_equal(fingerprint(here), fingerprint(named));
}

static void equals_are_numbered_by_line(void **state)
{
	(void)state;
	struct findings f;
	findings_init(&f, &arena);
	findings_add(&f, make("a", "a.c", 9, 1));
	findings_add(&f, make("a", "a.c", 5, 1));
	findings_finish(&f);
	assert_string_equal(f.all.at[0].fingerprint, fingerprint(make("a", "a.c", 1, 1)));
	assert_string_not_equal(f.all.at[1].fingerprint, f.all.at[0].fingerprint);
}

static void fingerprint_is_the_same_for_ever(void **state)
{
	(void)state;
	/* baselines in people's repositories hold these: a change here breaks them */
	assert_string_equal(fingerprint(make("span-leak", "src/a.c", 1, 1)),
		"52b3a5409e43a0eca03f1b6047cd794d");
}

static void nothing_and_nulls_are_fine(void **state)
{
	(void)state;
	struct findings f;
	findings_init(&f, &arena);
	findings_finish(&f);
	assert_int_equal(f.all.nr, 0);
	findings_add(&f, (struct finding){.rule = "a"});
	findings_add(&f, (struct finding){.rule = "a"});
	findings_finish(&f);
	assert_int_equal(f.all.nr, 1);
	assert_string_equal(f.all.at[0].why, "");
	assert_string_equal(f.all.at[0].place.file, "");
}

static void severities_have_names(void **state)
{
	(void)state;
	assert_string_equal(severity_name(SEVERITY_NOTE), "note");
	assert_string_equal(severity_name(SEVERITY_WARNING), "warning");
	assert_string_equal(severity_name(SEVERITY_ERROR), "error");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sorts_by_place_rule_message),
		cmocka_unit_test(drops_what_several_units_say),
		cmocka_unit_test(order_does_not_depend_on_input),
		cmocka_unit_test(fingerprints_survive_edits),
		cmocka_unit_test(fingerprints_differ_by_identity),
		cmocka_unit_test(fingerprints_survive_new_names_of_files),
		cmocka_unit_test(fingerprints_of_lambdas_have_no_place),
		cmocka_unit_test(equals_are_numbered_by_line),
		cmocka_unit_test(fingerprint_is_the_same_for_ever),
		cmocka_unit_test(nothing_and_nulls_are_fine),
		cmocka_unit_test(severities_have_names),
	};
	return cmocka_run_group_tests_name("findings", tests, set_up, tear_down);
}
