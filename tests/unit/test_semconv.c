/* The registry of attributes: finding, nearly finding, merging, refusing. */
#include "unit.h"

#include <string.h>

#include "base/str.h"
#include "cli/version.h"
#include "model/semconv.h"

static struct registry *open_registry(struct unit *u)
{
	struct registry *r = arena_new(&u->arena, struct registry);
	struct model_error error;
	assert_true(registry_init(r, &u->arena, &error));
	return r;
}

static void test_builtin(void **state)
{
	struct registry *r = open_registry(*state);
	assert_true(r->all.nr > 900);
	assert_true(r->version[0] == '1');
	const struct attribute_def *method = registry_find(r, "http.method");
	assert_non_null(method);
	assert_true(method->is_deprecated);
	assert_string_equal(registry_replacement(r, method)->name, "http.request.method");
	const struct attribute_def *header = registry_find(r, "http.request.header.accept");
	assert_non_null(header);
	assert_true(header->is_template);
	assert_int_equal(header->type, TYPE_STRINGS);
	assert_null(registry_find(r, "http.request"));
	assert_null(registry_find(r, ""));
	const struct attribute_def *service = registry_find(r, "service.name");
	assert_true(service->is_resource);
	assert_int_equal(registry_find(r, "server.port")->type, TYPE_INT);
	/* moved to another registry: no reason to stop using it */
	assert_false(registry_find(r, "gen_ai.request.model")->is_deprecated);
	assert_string_equal(registry_find(r, "messaging.destination")->removed_after, "1.16.0");
	assert_null(registry_replacement(r, registry_find(r, "http.flavor")));
}

/* Every replacement is there, and no chain of them is endless. */
static void test_replacements(void **state)
{
	struct registry *r = open_registry(*state);
	for (size_t i = 0; i < r->all.nr; i++) {
		const struct attribute_def *def = r->all.at[i];
		if (def->is_deprecated && def->renamed_to[0])
			assert_non_null(registry_find(r, def->renamed_to));
		if (def->is_deprecated)
			assert_true(def->renamed_to[0] || def->note[0] || def->removed_after[0]);
	}
}

static void test_near(void **state)
{
	static const struct {
		const char *key, *meant;
		enum near_kind kind;
	} cases[] = {{"user_id", "user.id", NEAR_DELIMITER}, {"userId", "user.id", NEAR_CASE},
		{"User.Id", "user.id", NEAR_CASE}, {"user-id", "user.id", NEAR_DELIMITER},
		{"server.adress", "server.address", NEAR_EDIT},
		{"sevrer.address", "server.address", NEAR_EDIT},
		{"http.route.", "http.route", NEAR_DELIMITER},
		{"http.roube", "http.route", NEAR_EDIT},
		/* other words */
		{"server.ports", NULL, NEAR_NONE}, {"server.port2", NULL, NEAR_NONE},
		{"app.user", NULL, NEAR_NONE}, {"shop.user_id", NULL, NEAR_NONE},
		{"id", NULL, NEAR_NONE}, {"", NULL, NEAR_NONE}, {"...", NULL, NEAR_NONE},
		/* what is deprecated is not what was meant */
		{"http_method", NULL, NEAR_NONE}};
	struct registry *r = open_registry(*state);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		enum near_kind kind;
		const struct attribute_def *def = registry_near(r, cases[i].key, &kind);
		if (!str_eq(def ? def->name : NULL, cases[i].meant) || kind != cases[i].kind)
			fail_msg("%s: %s, kind %d", cases[i].key, def ? def->name : "none", kind);
	}
}

static void test_edits(void **state)
{
	(void)state;
	assert_true(is_one_edit("abc", "ab"));
	assert_true(is_one_edit("ab", "abc"));
	assert_true(is_one_edit("abc", "axc"));
	assert_true(is_one_edit("abc", "acb"));
	assert_true(is_one_edit("", "a"));
	assert_false(is_one_edit("abc", "abc"));
	assert_false(is_one_edit("abc", "cba"));
	assert_false(is_one_edit("abc", "abcde"));
	assert_false(is_one_edit("", ""));
}

static void test_members(void **state)
{
	struct registry *r = open_registry(*state);
	const struct attribute_def *method = registry_find(r, "http.request.method");
	assert_true(attribute_has_member(method, "GET"));
	assert_false(attribute_has_member(method, "get"));
	assert_string_equal(attribute_near_member(method, "get"), "GET");
	assert_string_equal(attribute_near_member(method, "OPTION"), "OPTIONS");
	assert_null(attribute_near_member(method, "PURGE"));
	assert_null(attribute_near_member(method, ""));
}

static void test_own(void **state)
{
	struct unit *u = *state;
	struct registry *r = open_registry(u);
	struct model_error error;
	assert_true(registry_add(r, "own.json",
		"[{\"name\": \"http.method\"}, {\"name\": \"shop.item\", \"type\": \"int\","
		" \"enum\": [1, 2]}, {\"name\": \"shop.old\", \"deprecated\": true}]",
		&error));
	assert_false(registry_find(r, "http.method")->is_deprecated);
	assert_true(registry_find(r, "shop.item")->is_own);
	assert_true(attribute_has_member(registry_find(r, "shop.item"), "2"));
	assert_true(registry_find(r, "shop.old")->is_deprecated);
	/* a namespace of one's own is not reserved */
	assert_null(registry_namespace(r, "shop.thing"));
	assert_non_null(registry_namespace(r, "http.thing"));
}

/* The three shapes that weaver writes. */
static void test_weaver(void **state)
{
	static const char *const shapes[] = {
		"{\"groups\": [{\"attributes\": [{\"name\": \"a.b\", \"type\": \"int\"}]}]}",
		("{\"catalog\": [{\"name\": \"a.b\", \"type\": \"int\"}],"
		 " \"registry\": {\"groups\": [{\"attributes\": [0]}]}}"),
		"{\"registry\": {\"attributes\": [{\"key\": \"a.b\", \"type\": \"int\"}]}}"};
	struct unit *u = *state;
	for (size_t i = 0; i < sizeof(shapes) / sizeof(shapes[0]); i++) {
		struct registry *r = open_registry(u);
		struct model_error error;
		if (!registry_add(r, "weaver.json", shapes[i], &error))
			fail_msg("%zu: %s", i, error.text);
		assert_non_null(registry_find(r, "a.b"));
		assert_int_equal(registry_find(r, "a.b")->type, TYPE_INT);
	}
}

static void test_refused(void **state)
{
	static const struct {
		const char *text, *error;
	} cases[] = {{"[1", "the text ends"}, {"{}", "no attributes in it"},
		{"[\"x\"]", "not an object with a \"name\""},
		{"[{\"name\": \"a\", \"type\": \"text\"}]", "the type of \"a\" is not known"},
		{"[{\"name\": \"a\", \"type\": 3}]", "the type of \"a\" is not known"},
		{"[{\"name\": \"a\", \"enum\": 3}]", "\"enum\" of \"a\" is not a list"},
		{"[{\"name\": \"a\", \"enum\": [[]]}]", "neither a text nor a number"},
		{"[{\"name\": \"a\", \"deprecated\": 3}]", "\"deprecated\" of \"a\""}};
	struct unit *u = *state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct registry *r = open_registry(u);
		struct model_error error = {0};
		assert_false(registry_add(r, "own.json", cases[i].text, &error));
		if (!strstr(error.text, cases[i].error))
			fail_msg("%s: %s", cases[i].text, error.text);
	}
}

static void test_age(void **state)
{
	(void)state;
	const time_t day = 86400, july_2026 = 1783641600; /* 2026-07-10 */
	assert_false(version_is_old("2026-07-10", july_2026));
	assert_false(version_is_old("2026-07-10", july_2026 + 365 * day));
	assert_true(version_is_old("2026-07-10", july_2026 + 367 * day));
	assert_false(version_is_old("", july_2026));
	assert_false(version_is_old("soon", july_2026));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		unit_test_with_dir(test_builtin),
		unit_test_with_dir(test_replacements),
		unit_test_with_dir(test_near),
		unit_test_with_dir(test_edits),
		unit_test_with_dir(test_members),
		unit_test_with_dir(test_own),
		unit_test_with_dir(test_weaver),
		unit_test_with_dir(test_refused),
		unit_test_with_dir(test_age),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
