/* rules/models/schema.json and the loader accept and refuse the same models. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "bad_models.h"
#include "base/embedded.h"
#include "base/json.h"
#include "base/str.h"
#include "model/fields.h"

#define NR(array) (sizeof(array) / sizeof(*(array)))

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

/* Just as much of JSON Schema 2020-12 as rules/models/schema.json uses; anything else fails. */
static bool valid(const struct json *root, const struct json *schema, const struct json *j);

static bool same(const struct json *a, const struct json *b)
{
	if (json_type(a) != json_type(b))
		return false;
	if (json_type(a) == JSON_STRING)
		return str_eq(json_string(a), json_string(b));
	assert_int_equal(json_type(a), JSON_BOOL);
	return json_bool(a, false) == json_bool(b, false);
}

static bool has_type(const char *type, const struct json *j)
{
	double n = json_number(j, 0.5);
	switch (json_type(j)) {
	case JSON_OBJECT:
		return str_eq(type, "object");
	case JSON_ARRAY:
		return str_eq(type, "array");
	case JSON_STRING:
		return str_eq(type, "string");
	case JSON_BOOL:
		return str_eq(type, "boolean");
	case JSON_NUMBER:
		return str_eq(type, "integer") && n >= -1e9 && n <= 1e9 && (double)(long)n == n;
	default:
		return false;
	}
}

static bool valid_members(const struct json *root, const struct json *schema, const struct json *j)
{
	const struct json *properties = json_get(schema, "properties");
	bool is_closed = !json_bool(json_get(schema, "additionalProperties"), true);
	for (size_t i = 0; json_type(j) == JSON_OBJECT && i < json_size(j); i++) {
		const struct json *member =
			properties ? json_get(properties, json_key(j, i)) : NULL;
		if (member ? !valid(root, member, json_at(j, i)) : is_closed)
			return false;
	}
	return true;
}

static bool valid_list(
	const struct json *root, const char *word, const struct json *is, const struct json *j)
{
	size_t nr = 0;
	if (str_eq(word, "items")) {
		for (size_t i = 0; json_type(j) == JSON_ARRAY && i < json_size(j); i++)
			if (!valid(root, is, json_at(j, i)))
				return false;
		return true;
	}
	for (size_t i = 0; i < json_size(is); i++) {
		const struct json *one = json_at(is, i);
		if (str_eq(word, "required"))
			nr += json_type(j) != JSON_OBJECT || json_get(j, json_string(one));
		else if (str_eq(word, "enum"))
			nr += same(one, j);
		else
			nr += valid(root, one, j);
	}
	return str_eq(word, "required") || str_eq(word, "allOf") ? nr == json_size(is) : nr > 0;
}

static bool valid_word(
	const struct json *root, const struct json *schema, size_t i, const struct json *j)
{
	const char *word = json_key(schema, i);
	const struct json *is = json_at(schema, i);
	double n = json_number(is, 0);
	static const char *const silent[] = {
		"$schema", "$id", "$defs", "title", "description", "additionalProperties", "then"};
	for (size_t s = 0; s < NR(silent); s++)
		if (str_eq(word, silent[s]))
			return true;
	if (str_eq(word, "$ref"))
		return valid(root,
			json_get(json_get(root, "$defs"), json_string(is) + strlen("#/$defs/")), j);
	if (str_eq(word, "type"))
		return has_type(json_string(is), j);
	if (str_eq(word, "const"))
		return same(is, j);
	if (str_eq(word, "minimum"))
		return json_type(j) != JSON_NUMBER || json_number(j, 0) >= n;
	if (str_eq(word, "maximum"))
		return json_type(j) != JSON_NUMBER || json_number(j, 0) <= n;
	if (str_eq(word, "minLength"))
		return json_type(j) != JSON_STRING || (double)strlen(json_string(j)) >= n;
	if (str_eq(word, "minItems"))
		return json_type(j) != JSON_ARRAY || (double)json_size(j) >= n;
	if (str_eq(word, "if"))
		return !valid(root, is, j) || valid(root, json_get(schema, "then"), j);
	if (str_eq(word, "properties"))
		return valid_members(root, schema, j);
	static const char *const lists[] = {"items", "required", "enum", "anyOf", "allOf"};
	for (size_t l = 0; l < NR(lists); l++)
		if (str_eq(word, lists[l]))
			return valid_list(root, word, is, j);
	fail_msg("the schema uses \"%s\", which this test does not know", word);
	return false;
}

static bool valid(const struct json *root, const struct json *schema, const struct json *j)
{
	assert_non_null(schema);
	for (size_t i = 0; i < json_size(schema); i++)
		if (!valid_word(root, schema, i, j))
			return false;
	return true;
}

static const struct json *parse(const char *text)
{
	unsigned line;
	const char *error;
	return json_parse(&arena, text, &line, &error);
}

static const struct json *schema(void)
{
	for (const struct embedded_file *f = embedded_files; f->path; f++)
		if (str_eq(f->path, "rules/models/schema.json"))
			return parse(f->bytes);
	fail_msg("rules/models/schema.json is not embedded");
	return NULL;
}

static void shipped_models_are_valid(void **state)
{
	(void)state;
	const struct json *s = schema();
	size_t nr = 0;
	for (const struct embedded_file *f = embedded_files; f->path; f++) {
		if (!str_has_prefix(f->path, "rules/models/") ||
			str_has_suffix(f->path, "/schema.json"))
			continue;
		nr++;
		const struct json *j = parse(f->bytes);
		if (!valid(s, s, j))
			fail_msg("%s does not fit the schema", f->path);
		assert_string_equal(json_string(json_get(j, "$schema")), "schema.json");
		const char *name = json_string(json_get(j, "name"));
		if (!strstr(f->path, name))
			fail_msg("%s calls itself %s", f->path, name);
	}
	assert_true(nr >= 8);
}

static void expect_words(const struct json *list, const char *const *words, size_t nr)
{
	assert_int_equal(json_size(list), nr);
	for (size_t i = 0; i < nr; i++) {
		const struct json *j = json_at(list, i);
		const char *word =
			json_type(list) == JSON_ARRAY ? json_string(j) : json_key(list, i);
		bool is_known = false;
		for (size_t k = 0; k < nr; k++)
			is_known |= str_eq(words[k], word);
		if (!is_known)
			fail_msg("the loader does not know \"%s\"", word);
	}
}

#define EXPECT_WORDS(list, ...)                                                                    \
	do {                                                                                       \
		static const char *const words_[] = {__VA_ARGS__};                                 \
		expect_words((list), words_, NR(words_));                                          \
	} while (0)

static void schema_and_loader_know_the_same_words(void **state)
{
	(void)state;
	const struct json *s = schema(), *defs = json_get(s, "$defs");
	const struct json *type = json_get(json_get(defs, "type"), "properties");
	const struct json *c = json_get(json_get(defs, "call"), "properties");
	const struct json *io = json_get(json_get(defs, "io"), "properties");
	EXPECT_WORDS(json_get(s, "properties"), MODEL_FILE_KEYS);
	EXPECT_WORDS(type, MODEL_TYPE_KEYS);
	const struct json *callback = json_get(json_get(defs, "callback"), "properties");
	EXPECT_WORDS(io, MODEL_IO_KEYS);
	EXPECT_WORDS(callback, MODEL_CALLBACK_KEYS);
#define X(id, key)               key,
#define P(member, key, is_place) key,
	EXPECT_WORDS(c, MODEL_CALL_WORDS, MODEL_POSITIONS(P) MODEL_FLAGS(X));
	EXPECT_WORDS(json_get(json_get(type, "role"), "enum"), MODEL_ROLES(X));
	EXPECT_WORDS(json_get(json_get(c, "effect"), "enum"), MODEL_EFFECTS(X));
	EXPECT_WORDS(json_get(json_get(io, "cost"), "enum"), MODEL_COSTS(X));
	EXPECT_WORDS(json_get(json_get(callback, "kind"), "enum"), MODEL_CALLBACKS(X));
#undef X
#undef P
}

/* Every effect with every choice of the words that any effect needs. */
static void schema_and_loader_agree_on_needs(void **state)
{
	(void)state;
	static const char *const parts[] = {"\"span\": 1", "\"on_current\": true", "\"key\": 1",
		"\"key_text\": \"k\"", "\"attributes\": 1", "\"status\": 1",
		"\"sets_status\": true", "\"name\": 1", "\"scope\": 1", "\"on_current\": false"};
	const struct json *s = schema();
	for (int effect = 0; effect < EFFECT_NR; effect++) {
		for (unsigned set = 0; set < 1u << NR(parts); set++) {
			if ((set & 2) && (set & 512))
				continue;
			struct arena a;
			struct models m;
			struct model_error error;
			struct strbuf b;
			arena_init(&a);
			models_init(&m, &a);
			strbuf_init(&b, &a);
			strbuf_addf(&b, "{\"calls\": [{\"match\": \"f\", \"effect\": \"%s\"",
				model_effect_name((enum model_effect)effect));
			for (size_t p = 0; p < NR(parts); p++)
				if (set & 1u << p)
					strbuf_addf(&b, ", %s", parts[p]);
			strbuf_add(&b, "}]}");
			unsigned line;
			const char *problem;
			const struct json *j = json_parse(&a, strbuf_str(&b), &line, &problem);
			if (models_add(&m, "x", strbuf_str(&b), &error) != valid(s, s, j))
				fail_msg("the loader says \"%s\": %s", error.text, strbuf_str(&b));
			arena_fini(&a);
		}
	}
}

/* What no schema can say: names of another form, and the same name twice. */
static bool only_loader_sees(const char *says)
{
	static const char *const loader[] = {"without", "no spaces", "matched twice"};
	for (size_t i = 0; i < NR(loader); i++)
		if (strstr(says, loader[i]))
			return true;
	return false;
}

static void schema_refuses_what_the_loader_refuses(void **state)
{
	(void)state;
	const struct json *s = schema();
	for (size_t i = 0; i < NR(bad_models); i++) {
		const struct json *j = parse(bad_models[i].text);
		if (j && !only_loader_sees(bad_models[i].says) && valid(s, s, j))
			fail_msg("the schema accepts %s", bad_models[i].text);
	}
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(shipped_models_are_valid),
		TEST(schema_and_loader_know_the_same_words),
		TEST(schema_and_loader_agree_on_needs),
		TEST(schema_refuses_what_the_loader_refuses),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
