/* Configuration: what is read, what is refused and where, and that the schema says the same. Run
 * from the root of the source tree. */
#include "unit.h"

#include "base/json.h"
#include "base/path.h"
#include "base/str.h"
#include "project/config.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SCHEMA "rules/otel-tidy.schema.json"

static const char *const rules[] = {"span-in-loop", "span-leak", "trivial-span"};
static const char *source_dir;

static bool read_text(
	struct unit *u, const char *name, const char *text, struct config *c, const char **error)
{
	const char *path = unit_file(u, name, text);
	config_init(c, u->dir);
	*error = NULL;
	return config_read(&u->arena, path, rules, 3, c, error);
}

static struct config read_ok(struct unit *u, const char *name, const char *text)
{
	struct config c;
	const char *error;
	if (!read_text(u, name, text, &c, &error))
		fail_msg("%s", error);
	return c;
}

static void read_fails(struct unit *u, const char *text, unsigned line, const char *part)
{
	struct config c;
	const char *error;
	if (read_text(u, "otel-tidy.json", text, &c, &error))
		fail_msg("was accepted: %s", text);
	const char *place = arena_printf(&u->arena, "%s/otel-tidy.json:%u: ", u->dir, line);
	if (!str_has_prefix(error, place))
		fail_msg("\"%s\" does not begin with \"%s\"", error, place);
	assert_contains(error, part);
	assert_null(strchr(error, '\n'));
}

static void test_defaults(void **state)
{
	struct config c = read_ok(*state, "otel-tidy.json", "{}");
	assert_string_equal(c.profile, "recommended");
	assert_string_equal(c.fail_on, "warning");
	assert_string_equal(c.inline_models, "");
	assert_string_equal(c.database, "");
	assert_string_equal(c.root, ((struct unit *)*state)->dir);
	assert_int_equal(c.rules.nr + c.critical_paths.nr + c.models.nr + c.exclude.nr, 0);
}

static void test_everything(void **state)
{
	struct unit *u = *state;
	unit_file(u, "tools/m.json", "{}");
	struct config c = read_ok(u, "otel-tidy.json",
		"{\n"
		"\"$schema\": \"x\", \"root\": true, \"profile\": \"strict\",\n"
		"\"rules\": {\"span-leak\": \"error\", \"trivial-span\": \"off\"},\n"
		"\"critical_paths\": [\n"
		"{\"name\": \"checkout\", \"function\": \"shop::place*\",\n"
		" \"attributes\": [\"tenant.id\", \"user.id|user.hash\", \"a|b?\"], \"span\": "
		"\"current\"},\n"
		"{\"function\": \"pay\", \"span\": \"own\", \"baggage\": [\"a|b\"]}],\n"
		"\"trusted_hosts\": [\"*.shop.example\", \"localhost\"],"
		"\"models\": [\"tools/m.json\"], \"exclude\": [\"third_party/*\"],\n"
		"\"fail_on\": \"never\", \"database\": \"../build\",\n"
		"\"model\": {\"name\":\n\"m\"}}");
	assert_string_equal(c.path, path_join(&u->arena, u->dir, "otel-tidy.json"));
	assert_string_equal(c.profile, "strict");
	assert_int_equal(c.rules.nr, 2);
	assert_string_equal(c.rules.at[1].rule, "trivial-span");
	assert_string_equal(c.rules.at[1].value, "off");
	assert_int_equal(c.critical_paths.nr, 2);
	const struct critical_path *p = c.critical_paths.at;
	assert_string_equal(p[0].name, "checkout");
	assert_string_equal(p[0].function, "shop::place*");
	assert_string_equal(p[0].source, "otel-tidy.json:5");
	assert_true(p[0].on_current);
	assert_int_equal(p[0].nr_groups, 3);
	assert_string_equal(p[0].groups[1].keys[1], "user.hash");
	assert_true(p[0].groups[2].is_optional);
	assert_string_equal(p[1].name, "pay");
	assert_string_equal(p[1].source, "otel-tidy.json:7");
	assert_false(p[1].on_current);
	assert_int_equal(p[1].nr_groups, 0);
	assert_int_equal(p[0].nr_baggage, 0);
	assert_int_equal(p[1].nr_baggage, 1);
	assert_string_equal(p[1].baggage[0].keys[1], "b");
	assert_int_equal(c.trusted_hosts.nr, 2);
	assert_string_equal(c.trusted_hosts.at[0], "*.shop.example");
	assert_string_equal(c.models.at[0], path_join(&u->arena, u->dir, "tools/m.json"));
	assert_string_equal(c.exclude.at[0], "third_party/*");
	assert_string_equal(c.fail_on, "never");
	assert_string_equal(c.database, path_join(&u->arena, u->dir, "../build"));
	/* the model's lines are those of the file */
	assert_string_equal(c.inline_models, "\n\n\n\n\n\n\n\n\n{\"name\":\n\"m\"}");
}

static void test_key_groups(void **state)
{
	struct arena *a = &((struct unit *)*state)->arena;
	struct key_group g;
	assert_true(key_group_parse(a, "user.id|user.hash|enduser.pseudo.id?", &g));
	assert_int_equal(g.nr_keys, 3);
	assert_string_equal(g.keys[0], "user.id");
	assert_string_equal(g.keys[2], "enduser.pseudo.id");
	assert_true(g.is_optional);
	assert_string_equal(g.text, "user.id|user.hash|enduser.pseudo.id?");
	assert_true(key_group_parse(a, "x", &g));
	assert_int_equal(g.nr_keys, 1);
	assert_false(g.is_optional);
	static const char *const bad[] = {"", "?", "|", "a|", "|a", "a||b", "a b", "a?b", "a??",
		"a?|b", " a", "a.", ".a", "a..b", "a=b", "\"a\"", "a,b", "a\n"};
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		if (key_group_parse(a, bad[i], &g))
			fail_msg("was accepted: %s", bad[i]);
}

static void test_errors(void **state)
{
	struct unit *u = *state;
	read_fails(u, "", 1, "the text is empty");
	read_fails(u, "{\n\"rules\": {", 2, "the text ends inside the object of line 2");
	read_fails(u, "{\n/* no end }", 2, "expected a key in double quotes, found '/'");
	read_fails(u, "{ // one\n/* two\n*/ \"x\": 1 }", 3, "key \"x\" is not known");
	read_fails(u, "{ \"overrides\": [{ \"files\": [\"a\"] }] }", 1, "an override needs");
	read_fails(u, "{ \"overrides\": [{ \"file\": [\"a\"] }] }", 1, "did you mean \"files\"?");
	read_fails(u, "{ \"rules_as_of\": \"1\" }", 1, "is a version such as");
	read_fails(u, "{ \"rules_as_of\": \"99.1\" }", 1, "install a newer one");
	read_fails(u, "{\"a\":1,\n\"a\":1}", 2, "key \"a\" appears twice");
	read_fails(u, "\n[]", 2, "a configuration is an object");
	read_fails(
		u, "{\n\"rulse\": {}}", 2, "key \"rulse\" is not known; did you mean \"rules\"?");
	read_fails(
		u, "{\"zzzzzzzzz\": 1}", 1, "key \"zzzzzzzzz\" is not known; one of \"$schema\", ");
	read_fails(u, "{\"z\\nz\": 1}", 1, "key \"z?z\" is not known");
	read_fails(u, "{\"$schema\": 1}", 1, "\"$schema\" is not a text");
	read_fails(u, "{\"root\": \"yes\"}", 1, "neither true nor false");
	read_fails(u, "{\"root\": false}", 1,
		"\"root\" is false, but no otel-tidy.json is further up");
	read_fails(u, "{\"profile\": \"strikt\"}", 1,
		"profile \"strikt\" is not known; did you mean \"strict\"?");
	read_fails(u, "{\"extends\": 1}", 1,
		"profile is not a string; one of \"recommended\", \"strict\"");
	read_fails(u, "{\"profile\": \"strict\",\n\"extends\": \"strict\"}", 2, "keep one of them");
	read_fails(u, "{\"rules\": []}", 1, "\"rules\" is not an object");
	read_fails(u, "{\"rules\": {\n\"span-laek\": \"off\"}}", 2,
		"rule \"span-laek\" is not known; did you mean \"span-leak\"?");
	read_fails(u, "{\"rules\": {\"span-leak\":\n\"err\"}}", 2,
		"\"err\" is not known; did you mean \"error\"?");
	read_fails(u, "{\"rules\": {\"span-leak\": true}}", 1, "one of \"off\", \"note\"");
	read_fails(u, "{\"critical_paths\": {}}", 1, "\"critical_paths\" is not a list");
	read_fails(u, "{\"critical_paths\": [1]}", 1, "a critical path is not an object");
	read_fails(u, "{\"critical_paths\": [\n{\"name\": \"x\"}]}", 2, "lacks \"function\"");
	read_fails(u, "{\"critical_paths\": [{\"function\": \"\"}]}", 1, "at least one character");
	read_fails(u, "{\"critical_paths\": [{\n\"funktion\": \"f\"}]}", 2,
		"did you mean \"function\"?");
	read_fails(u, "{\"critical_paths\": [{\"function\": \"f\", \"attributes\": \"a\"}]}", 1,
		"\"attributes\" is not a list");
	read_fails(u, "{\"critical_paths\": [{\"function\": \"f\", \"attributes\": [\n\"a||b\"]}]}",
		2, "attribute \"a||b\" is malformed");
	read_fails(u, "{\"critical_paths\": [{\"function\": \"f\", \"attributes\": [1]}]}", 1,
		"not a string");
	read_fails(u, "{\"critical_paths\": [{\"function\": \"f\", \"baggage\": \"a\"}]}", 1,
		"\"baggage\" is not a list");
	read_fails(u, "{\"critical_paths\": [{\"function\": \"f\", \"baggage\": [\"a,b\"]}]}", 1,
		"baggage member \"a,b\" is malformed");
	read_fails(u, "{\"critical_paths\": [{\"function\": \"f\", \"baggage\": [1]}]}", 1,
		"a baggage member is not a string");
	read_fails(u, "{\"trusted_hosts\": \"localhost\"}", 1, "\"trusted_hosts\" is not a list");
	read_fails(u, "{\"trusted_hosts\": [\n\"https://localhost\"]}", 2,
		"write its name alone, without scheme and port");
	read_fails(u, "{\"critical_paths\": [{\"function\": \"f\", \"span\": \"curent\"}]}", 1,
		"did you mean \"current\"?");
	read_fails(u, "{\"models\": \"m.json\"}", 1, "\"models\" is not a list");
	read_fails(u, "{\"models\": [\n\"m.json\"]}", 2, "m.json is not there");
	read_fails(u, "{\"model\": []}", 1, "\"model\" is not an object");
	read_fails(u, "{\"exclude\": \"x\"}", 1, "\"exclude\" is not a list");
	read_fails(u, "{\"exclude\": [\"\"]}", 1, "a glob is not a text");
	read_fails(u, "{\"fail_on\": \"warn\"}", 1,
		"\"fail_on\" \"warn\" is not known; one of \"note\", ");
	read_fails(u, "{\"database\": 1}", 1, "\"database\" is not a text");
	read_fails(u, "{\"pipeline\": []}", 1, "\"pipeline\" is not an object");
	read_fails(u, "{\"pipeline\": {\"files\": 1}}", 1, "\"files\" is not a list");
	read_fails(u, "{\"pipeline\": {\"files\": [\"no.yaml\"]}}", 1, "no.yaml is not there");
	read_fails(u, "{\"pipeline\": {\"replica\": 2}}", 1, "did you mean \"replicas\"?");
	read_fails(u, "{\"pipeline\": {\"traces_per_second\": 0}}", 1, "greater than 0");
	struct config c;
	const char *error = NULL;
	config_init(&c, u->dir);
	assert_false(config_read(&u->arena, u->dir, rules, 3, &c, &error));
	assert_contains(error, "Is a directory");
}

static void test_find(void **state)
{
	struct unit *u = *state;
	const char *top = unit_file(u, "otel-tidy.json", "{}");
	const char *sub = unit_file(u, "a/b/otel-tidy.json", "{}");
	unit_file(u, "a/b/c/d/x.c", "");
	assert_string_equal(config_find(&u->arena, path_join(&u->arena, u->dir, "a/b/c/d")), sub);
	assert_string_equal(config_find(&u->arena, path_join(&u->arena, u->dir, "a")), top);
	assert_int_equal(chdir(path_join(&u->arena, u->dir, "a")), 0);
	assert_string_equal(config_find(&u->arena, "."), top);
	assert_string_equal(config_find(&u->arena, "b/c"), sub);
}

static void test_chain(void **state)
{
	struct unit *u = *state;
	unit_file(u, "otel-tidy.json",
		"{\"profile\": \"strict\", \"exclude\": [\"x/*\"], "
		"\"rules\": {\"span-leak\": \"note\", \"trivial-span\": \"off\"}}");
	struct config c = read_ok(u, "svc/a/otel-tidy.json",
		"{\"root\": false, \"exclude\": [\"gen/*\"], "
		"\"database\": \"out\", \"critical_paths\": [{\"function\": \"f\"}], "
		"\"rules\": {\"span-leak\": \"error\"}}");
	assert_string_equal(c.root, u->dir);
	assert_string_equal(c.path, path_join(&u->arena, u->dir, "svc/a/otel-tidy.json"));
	assert_string_equal(c.profile, "strict");
	assert_int_equal(c.exclude.nr, 2);
	assert_string_equal(c.exclude.at[0], "x/*");
	assert_string_equal(c.exclude.at[1], "svc/a/gen/*");
	assert_int_equal(c.rules.nr, 2);
	assert_string_equal(c.rules.at[0].value, "error");
	assert_string_equal(c.database, path_join(&u->arena, u->dir, "svc/a/out"));
	assert_string_equal(c.critical_paths.at[0].source, "svc/a/otel-tidy.json:1");
}

/* The examples of a schema's properties as documents of their own. */
static void check_properties(struct unit *u, const struct json *properties)
{
	size_t nr;
	const char *const *keys = config_keys("", &nr);
	assert_int_equal(json_size(properties), nr);
	for (size_t i = 0; i < nr; i++)
		if (!json_get(properties, keys[i]))
			fail_msg("key \"%s\" is read but not in " SCHEMA, keys[i]);
	for (size_t i = 0; i < json_size(properties); i++) {
		const struct json *property = json_at(properties, i);
		const char *key = json_key(properties, i);
		if (!json_string(json_get(property, "description")))
			fail_msg(SCHEMA ": \"%s\" has no description", key);
		const struct json *examples = json_get(property, "examples");
		if (!json_size(examples))
			fail_msg(SCHEMA ": \"%s\" has no examples", key);
		for (size_t k = 0; k < json_size(examples); k++)
			read_ok(u, "otel-tidy.json",
				arena_printf(&u->arena, "{\"%s\": %s}", key,
					json_source(json_at(examples, k), &u->arena)));
	}
}

static void check_enum(
	struct unit *u, const struct json *property, const char *before, const char *after)
{
	struct config c;
	const char *error;
	const struct json *values = json_get(property, "enum");
	assert_true(json_size(values) > 1);
	for (size_t i = 0; i < json_size(values); i++)
		read_ok(u, "otel-tidy.json",
			arena_printf(&u->arena, "%s\"%s\"%s", before,
				json_string(json_at(values, i)), after));
	/* the reader lists what it takes when it gets something else: nothing more than the schema
	 */
	assert_false(read_text(
		u, "otel-tidy.json", arena_printf(&u->arena, "%s1%s", before, after), &c, &error));
	const char *list = strstr(error, "; one of ");
	assert_non_null(list);
	size_t nr_quotes = 0;
	for (const char *p = list; *p; p++)
		nr_quotes += *p == '"';
	assert_int_equal(nr_quotes, 2 * json_size(values));
}

static void test_schema(void **state)
{
	struct unit *u = *state;
	unsigned line = 0;
	const char *error = NULL;
	const char *text =
		file_read(&u->arena, path_join(&u->arena, source_dir, SCHEMA), 1u << 20, NULL);
	if (!text)
		fail_msg("%s is not there; run from the root of the source tree", SCHEMA);
	const struct json *schema = json_parse(&u->arena, text, &line, &error);
	if (!schema)
		fail_msg("%s:%u: %s", SCHEMA, line, error);
	unit_file(u, "tools/our-tracing.json", "{}");
	unit_file(u, "deploy/collector.yaml", "");
	assert_false(json_bool(json_get(schema, "additionalProperties"), true));
	const struct json *top = json_get(schema, "properties");
	check_properties(u, top);
	const struct json *path = json_get(json_get(top, "critical_paths"), "items");
	assert_false(json_bool(json_get(path, "additionalProperties"), true));
	const struct json *inner = json_get(path, "properties");
	size_t nr;
	config_keys("critical_paths", &nr);
	assert_int_equal(json_size(inner), nr);
	for (size_t i = 0; i < nr; i++) {
		const char *key = config_keys("critical_paths", &nr)[i];
		const struct json *examples = json_get(json_get(inner, key), "examples");
		if (!json_size(examples))
			fail_msg("%s: \"%s\" is missing or has no examples", SCHEMA, key);
		read_ok(u, "otel-tidy.json",
			arena_printf(&u->arena, "{\"critical_paths\": [{%s\"%s\": %s}]}",
				str_eq(key, "function") ? "" : "\"function\": \"f\", ", key,
				json_source(json_at(examples, 0), &u->arena)));
	}
	check_enum(u, json_get(top, "profile"), "{\"profile\": ", "}");
	check_enum(u, json_get(top, "extends"), "{\"extends\": ", "}");
	check_enum(u, json_get(top, "fail_on"), "{\"fail_on\": ", "}");
	check_enum(u, json_get(json_get(top, "rules"), "additionalProperties"),
		"{\"rules\": {\"span-leak\": ", "}}");
	check_enum(u, json_get(inner, "span"),
		"{\"critical_paths\": [{\"function\": \"f\", \"span\": ", "}]}");
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		unit_test_with_dir(test_defaults),
		unit_test_with_dir(test_everything),
		unit_test_with_dir(test_key_groups),
		unit_test_with_dir(test_errors),
		unit_test_with_dir(test_find),
		unit_test_with_dir(test_chain),
		unit_test_with_dir(test_schema),
	};
	static char dir[4096];
	source_dir = getcwd(dir, sizeof(dir));
	unit_filter(argc, argv);
	return cmocka_run_group_tests_name("config", tests, NULL, NULL);
}
