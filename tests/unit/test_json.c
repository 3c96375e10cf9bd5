/* JSON: values, lines, errors with their lines, bounds. */
#include "unit.h"

#include "base/json.h"
#include "base/str.h"

#include <string.h>

static const struct json *parse_ok(struct unit *u, const char *text)
{
	unsigned line = 0;
	const char *error = NULL;
	const struct json *j = json_parse(&u->arena, text, &line, &error);
	if (!j)
		fail_msg("line %u: %s, in: %s", line, error, text);
	return j;
}

static void parse_fails(struct unit *u, const char *text, unsigned line, const char *part)
{
	unsigned at = 0;
	const char *error = NULL;
	if (json_parse(&u->arena, text, &at, &error))
		fail_msg("was accepted: %s", text);
	assert_contains(error, part);
	assert_int_equal(at, line);
	assert_null(strchr(error, '\n'));
}

static void test_values(void **state)
{
	struct unit *u = *state;
	const struct json *j = parse_ok(u, "\xef\xbb\xbf {\"a\": [1, -2.5e2, \"x\\u00e4\\n\"],\n"
					   "\"b\": true, \"c\": null, \"d\": {}, \"e\": []}\n");
	assert_int_equal(json_type(j), JSON_OBJECT);
	assert_int_equal(json_size(j), 5);
	const struct json *list = json_get(j, "a");
	assert_int_equal(json_size(list), 3);
	assert_true(json_number(json_at(list, 0), 0) == 1);
	assert_true(json_number(json_at(list, 1), 0) == -250);
	assert_string_equal(json_string(json_at(list, 2)), "x\xc3\xa4\n");
	assert_null(json_at(list, 3));
	assert_true(json_bool(json_get(j, "b"), false));
	assert_int_equal(json_type(json_get(j, "c")), JSON_NULL);
	assert_int_equal(json_size(json_get(j, "d")), 0);
	assert_int_equal(json_size(json_get(j, "e")), 0);
	assert_string_equal(json_key(j, 1), "b");
	assert_null(json_key(j, 5));
	assert_null(json_key(list, 0));
	assert_null(json_get(j, "f"));
	assert_null(json_get(list, "a"));
	assert_null(json_string(list));
	assert_true(json_bool(list, true));
	assert_true(json_number(json_get(j, "b"), 7) == 7);
	assert_string_equal(json_string(parse_ok(u, "\"\\ud83d\\ude00\"")), "\xf0\x9f\x98\x80");
}

static void test_lines(void **state)
{
	const struct json *j = parse_ok(*state, "\n{\n\"a\"\n:\n[\n1,{\"x\":\n\"y\"}\n,\n2],\n"
						"\"deep\\n\": {\"t\": [[\n[true]]]}}");
	assert_int_equal(json_line(j), 2);
	const struct json *list = json_get(j, "a");
	assert_int_equal(json_line(list), 5);
	assert_int_equal(json_line(json_at(list, 0)), 6);
	assert_int_equal(json_line(json_at(list, 1)), 6);
	assert_int_equal(json_line(json_get(json_at(list, 1), "x")), 7);
	assert_int_equal(json_line(json_at(list, 2)), 9);
	const struct json *t = json_get(json_get(j, "deep\n"), "t");
	assert_int_equal(json_line(t), 10);
	assert_int_equal(json_line(json_at(json_at(t, 0), 0)), 11);
}

static void test_source(void **state)
{
	struct unit *u = *state;
	const struct json *j = parse_ok(u, "{\"m\" : {\"a\": [1 , 2]\n} , \"n\":-3 }");
	assert_string_equal(json_source(json_get(j, "m"), &u->arena), "{\"a\": [1 , 2]\n}");
	assert_string_equal(json_source(json_get(j, "n"), &u->arena), "-3");
}

static void test_errors(void **state)
{
	struct unit *u = *state;
	parse_fails(u, "", 1, "the text is empty");
	parse_fails(u, " \n\n ", 3, "the text is empty");
	parse_fails(u, "[1,\n2", 2, "the text ends inside the array of line 1");
	parse_fails(u, "[\n{\"a\": 1", 2, "the text ends inside the object of line 2");
	parse_fails(u, "{\"a\": \"b", 1, "the text ends inside a string");
	parse_fails(u, "{\"a\"", 1, "expected ':' behind the key, found the end of the text");
	parse_fails(u, "{\"a\":", 1, "the text ends where a value is expected");
	parse_fails(u, "[1,\n]", 2, "a comma stands before ']'");
	parse_fails(u, "{\"a\":1,}", 1, "a comma stands before '}'");
	parse_fails(u, "{a: 1}", 1, "expected a key in double quotes, found 'a'");
	parse_fails(u, "[1 2]", 1, "expected ',' or ']'");
	parse_fails(u, "[1]\n]", 2, "expected the end of the text, found ']'");
	parse_fails(u, "// x\n[]", 1, "JSON has no comments");
	parse_fails(u, "['a']", 1, "double quotes");
	parse_fails(u, "[\"a\nb\"]", 1, "not closed on its line");
	parse_fails(u, "[\"a\tb\"]", 1, "control character 0x09");
	parse_fails(u, "[\"\\q\"]", 1, "no known escape");
	parse_fails(u, "[\"\\u12g4\"]", 1, "four hexadecimal digits");
	parse_fails(u, "[\"\\u0000\"]", 1, "\\u0000");
	parse_fails(u, "[\"\\ud800\"]", 1, "stands alone");
	parse_fails(u, "[\"\\udc00\"]", 1, "stands alone");
	parse_fails(u, "[\"\\ud800\\u0041\"]", 1, "stands alone");
	parse_fails(u, "[01]", 1, "needless 0");
	parse_fails(u, "[-]", 1, "lacks digits");
	parse_fails(u, "[1.]", 1, "lacks digits");
	parse_fails(u, "[1e+]", 1, "lacks digits");
	parse_fails(u, "[+1]", 1, "expected a value, found '+'");
	parse_fails(u, "[\xc3\xa4]", 1, "found '\xc3\xa4'");
	parse_fails(u, "[NaN]", 1, "expected a value");
	parse_fails(u, "nul", 1, "expected a value");
	parse_fails(u, "[11111111111111111111111111111111111111111111111111111111111111111]", 1,
		"more than 63 characters");
}

static void test_duplicate_keys(void **state)
{
	struct unit *u = *state;
	parse_fails(u, "{\"a\": 1,\n\"b\": 2,\n\"a\": 3}", 3, "key \"a\" appears twice");
	parse_fails(u, "{\"a\": 1,\n\"\\u0061\": 3}", 2, "key \"a\" appears twice");
	struct strbuf b;
	strbuf_init(&b, &u->arena);
	strbuf_addc(&b, '{');
	for (int i = 0; i < 500; i++)
		strbuf_addf(&b, "\"k%d\": %d,\n", i, i);
	const char *many = arena_printf(&u->arena, "%s\"k\": 0}", strbuf_str(&b));
	const struct json *j = parse_ok(u, many);
	assert_int_equal(json_size(j), 501);
	assert_int_equal(json_line(json_get(j, "k499")), 500);
	assert_true(json_number(json_get(j, "k250"), 0) == 250);
	assert_null(json_get(j, "k500"));
	parse_fails(u, arena_printf(&u->arena, "%s\"k7\": 0}", strbuf_str(&b)), 501, "k7");
	/* the same key in objects beside each other is no duplicate; keys mind their case */
	parse_ok(u, "[{\"a\": 1}, {\"a\": 1, \"A\": 2, \"b\": {\"a\": 1}}]");
}

static const char *nested(struct unit *u, size_t depth)
{
	char *text = arena_alloc(&u->arena, depth * 2 + 1);
	memset(text, '[', depth);
	memset(text + depth, ']', depth);
	return text;
}

static void test_depth(void **state)
{
	struct unit *u = *state;
	parse_ok(u, nested(u, 200));
	parse_fails(u, nested(u, 201), 1, "more than 200 levels");
	parse_fails(u, nested(u, 100000), 1, "more than 200 levels");
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		unit_test_with_dir(test_values),
		unit_test_with_dir(test_lines),
		unit_test_with_dir(test_source),
		unit_test_with_dir(test_errors),
		unit_test_with_dir(test_duplicate_keys),
		unit_test_with_dir(test_depth),
	};
	unit_filter(argc, argv);
	return cmocka_run_group_tests_name("json", tests, NULL, NULL);
}
