/* Looks up keys of components in the table that was generated from their published schemas. */
#include "pipeline/schema.h"

#include "base/embedded.h"
#include "base/json.h"
#include "base/str.h"

#include <stdio.h>
#include <stdlib.h>

#define PATH "rules/collector/components.json"

const struct json *schema_read(struct arena *a)
{
	const char *error = "not embedded";
	unsigned line = 0;
	for (const struct embedded_file *f = embedded_files; f->path; f++) {
		const struct json *doc =
			str_eq(f->path, PATH) ? json_parse(a, f->bytes, &line, &error) : NULL;
		if (doc)
			return doc;
	}
	fprintf(stderr, "otel-tidy: internal error: %s:%u: %s\n", PATH, line, error);
	exit(2);
}

const char *schema_version(const struct json *table)
{
	return json_string(json_get(table, "version"));
}

const struct json *schema_of(const struct json *table, const struct component *c)
{
	char name[256];
	snprintf(name, sizeof(name), "%s/%s", component_kinds[c->kind], c->type);
	return json_get(json_get(json_get(table, "components"), name), "keys");
}

size_t schema_values(struct arena *a, const struct json *table, const struct component *c,
	const char *key, const char *const **out)
{
	char name[256];
	snprintf(name, sizeof(name), "%s/%s", component_kinds[c->kind], c->type);
	const struct json *list =
		json_get(json_get(json_get(json_get(table, "components"), name), "values"), key);
	const char **values = arena_array(a, const char *, json_size(list) + 1);
	for (size_t i = 0; i < json_size(list); i++)
		values[i] = json_string(json_at(list, i));
	*out = values;
	return json_size(list);
}

static bool is_open(const struct json *keys)
{
	for (size_t i = 0; i < json_size(keys); i++)
		if (str_eq(json_key(keys, i), "*"))
			return true;
	return false;
}

static bool knows(const struct json *keys, const char *key, const struct json **sub)
{
	for (size_t i = 0; i < json_size(keys); i++) {
		if (!str_eq(json_key(keys, i), key))
			continue;
		*sub = json_at(keys, i);
		return true;
	}
	return false;
}

void schema_check(struct arena *a, const struct json *keys, const struct yaml *config,
	void (*see)(void *ctx, const struct yaml *key, const char *const *known, size_t nr),
	void *ctx)
{
	if (!keys || !config)
		return;
	if (json_type(keys) == JSON_ARRAY) {
		for (size_t i = 0; config->kind == YAML_LIST && i < config->nr; i++)
			schema_check(a, json_at(keys, 0), config->items[i], see, ctx);
		return;
	}
	if (json_type(keys) != JSON_OBJECT || config->kind != YAML_MAP)
		return;
	for (size_t i = 0; i < config->nr; i++) {
		const struct json *sub = NULL;
		const struct yaml *key = config->pairs[i].key;
		if (knows(keys, key->text, &sub)) {
			schema_check(a, sub, config->pairs[i].value, see, ctx);
		} else if (!is_open(keys)) {
			const char **names = arena_array(a, const char *, json_size(keys));
			for (size_t k = 0; k < json_size(keys); k++)
				names[k] = json_key(keys, k);
			see(ctx, key, names, json_size(keys));
		}
	}
}
