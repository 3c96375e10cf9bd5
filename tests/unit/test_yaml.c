/* YAML: values, places, anchors, merges, bounds. */
#include "unit.h"

#include "base/str.h"
#include "base/yaml.h"

#include <string.h>

static const struct yaml *parse_ok(struct unit *u, const char *text)
{
	struct yaml_documents docs;
	struct yaml_error error;
	struct yaml_origin origin = {.file = "f.yaml", .line = 1};
	if (!yaml_parse(&u->arena, &origin, text, strlen(text), NULL, &docs, &error))
		fail_msg("%u:%u: %s, in: %s", error.line, error.col, error.text, text);
	return docs.all.nr ? docs.all.at[0] : NULL;
}

static void parse_fails(
	struct unit *u, const char *text, uint32_t line, uint32_t col, const char *part)
{
	struct yaml_documents docs;
	struct yaml_error error;
	struct yaml_origin origin = {.file = "f.yaml", .line = 1};
	if (yaml_parse(&u->arena, &origin, text, strlen(text), NULL, &docs, &error))
		fail_msg("was accepted: %s", text);
	assert_contains(error.text, part);
	assert_int_equal(error.line, line);
	assert_int_equal(error.col, col);
}

static void test_values(void **state)
{
	const struct yaml *y = parse_ok(*state, "a: 1_000\nb: yes\nc: ~\nd: [x, 'y']\n"
						"e: {f: 1m30s, g: \"5\"}\nh: 1.5h\ni: 10 s\n");
	double x = 0;
	assert_true(yaml_number(yaml_get(y, "a"), &x) && x == 1000);
	assert_true(yaml_bool(yaml_get(y, "b"), false));
	assert_true(yaml_is_null(yaml_get(y, "c")));
	assert_true(yaml_is_null(yaml_get(y, "z")));
	assert_int_equal(yaml_get(y, "d")->nr, 2);
	assert_string_equal(yaml_text(yaml_get(y, "d")->items[1]), "y");
	assert_false(yaml_get(y, "d")->items[1]->is_plain);
	assert_true(yaml_seconds(yaml_at(y, "e", "f", NULL), &x) && x == 90);
	assert_true(yaml_seconds(yaml_get(y, "h"), &x) && x == 5400);
	assert_false(yaml_seconds(yaml_get(y, "i"), &x));
	assert_false(yaml_number(yaml_get(y, "b"), &x));
	assert_null(yaml_at(y, "e", "nothing", "there", NULL));
}

static void test_places(void **state)
{
	const struct yaml *y =
		parse_ok(*state, "# \xc3\xa4\na:\n  - b: \xc3\xa4 x\n    c: [d, e]\n");
	const struct yaml *item = yaml_get(y, "a")->items[0];
	const struct yaml *b = yaml_get(item, "b"), *e = yaml_get(item, "c")->items[1];
	assert_int_equal(b->line, 3);
	assert_int_equal(b->col, 8);
	assert_int_equal(b->end_col, 12); /* bytes, not characters */
	assert_int_equal(e->line, 4);
	assert_int_equal(e->col, 12);
	assert_int_equal(yaml_pair(y, "a")->key->col, 1);
}

static void test_origin(void **state)
{
	struct unit *u = *state;
	struct yaml_documents docs;
	struct yaml_error error;
	struct yaml_origin origin = {.file = "README.md", .line = 40, .indent = 4};
	const char *text = "a:\n  b: 1\n";
	assert_true(yaml_parse(&u->arena, &origin, text, strlen(text), NULL, &docs, &error));
	const struct yaml *b = yaml_at(docs.all.at[0], "a", "b", NULL);
	assert_int_equal(b->line, 41);
	assert_int_equal(b->col, 10);
	assert_string_equal(b->file, "README.md");
}

static void test_anchors(void **state)
{
	const struct yaml *y = parse_ok(*state, "base: &b {x: 1, y: 2}\nown:\n  <<: *b\n  y: 3\n"
						"list: {<<: [*b, {z: 4}]}\nsame: *b\n");
	assert_string_equal(yaml_text(yaml_at(y, "own", "x", NULL)), "1");
	assert_string_equal(yaml_text(yaml_at(y, "own", "y", NULL)), "3");
	assert_int_equal(yaml_get(y, "own")->nr, 2);
	assert_string_equal(yaml_text(yaml_at(y, "list", "z", NULL)), "4");
	assert_ptr_equal(yaml_get(y, "same"), yaml_get(y, "base"));
	parse_fails(*state, "a: &a\n  b: *a\n", 2, 7, "stands inside of what it names");
	parse_fails(*state, "a: *b\nb: &b 1\n", 1, 5, "names no anchor that comes before it");
}

static void test_errors(void **state)
{
	parse_fails(*state, "a: 1\nb: 2\na: 3\n", 3, 1, "\"a\" is there twice");
	parse_fails(*state, "a: [1\nb: 2\n", 3, 1, "");
	parse_fails(*state, "a: \"x\n", 1, 5, "quote");
	parse_fails(*state, "a:\n\tb: 1\n", 2, 1, "tab");
	parse_fails(*state, "a: \xff\n", 1, 4, "no UTF-8");
	parse_fails(*state, "? [a]\n: b\n", 1, 4, "a key is a list");
	assert_null(parse_ok(*state, ""));
}

static void test_merge(void **state)
{
	struct unit *u = *state;
	const struct yaml *base = parse_ok(u, "a: {x: 1, y: 2}\nl: [1, 2]\n");
	const struct yaml *over = parse_ok(u, "a: {y: 3, z: 4}\nl: [9]\nn: 5\n");
	const struct yaml *y = yaml_merge(&u->arena, base, over);
	assert_string_equal(yaml_text(yaml_at(y, "a", "x", NULL)), "1");
	assert_string_equal(yaml_text(yaml_at(y, "a", "y", NULL)), "3");
	assert_string_equal(yaml_text(yaml_at(y, "a", "z", NULL)), "4");
	assert_int_equal(yaml_get(y, "l")->nr, 1);
	assert_string_equal(yaml_text(yaml_get(y, "n")), "5");
	assert_int_equal(yaml_get(base, "a")->nr, 2);
	assert_ptr_equal(yaml_merge(&u->arena, NULL, over), over);
	assert_ptr_equal(yaml_merge(&u->arena, base, NULL), base);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		unit_test_with_dir(test_values),
		unit_test_with_dir(test_places),
		unit_test_with_dir(test_origin),
		unit_test_with_dir(test_anchors),
		unit_test_with_dir(test_errors),
		unit_test_with_dir(test_merge),
	};
	unit_filter(argc, argv);
	return cmocka_run_group_tests_name("yaml", tests, NULL, NULL);
}
