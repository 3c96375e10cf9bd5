/* Reads the registry: ours, a project's list, and what weaver resolves. */
#include "model/semconv_read.h"

#include "base/embedded.h"
#include "base/json.h"
#include "base/str.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define BUILTIN "rules/semconv/attributes.json"

struct reader {
	struct registry *registry;
	const char *file;
	struct model_error *error;
	bool is_own;
};

__attribute__((format(printf, 3, 4))) static bool fail(
	struct reader *r, const struct json *at, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	const char *text = arena_vprintf(r->registry->arena, fmt, ap);
	va_end(ap);
	*r->error = (struct model_error){.file = r->file,
		.line = at ? json_line(at) : 0,
		.text = str_one_line(r->registry->arena, text)};
	return false;
}

/* ---- one attribute ---- */

static const char *text_of(const struct json *object, const char *key)
{
	const char *s = json_string(json_get(object, key));
	return s ? s : "";
}

/* A member is a text, a number, or weaver's {"id": …, "value": …}. */
static bool read_members(struct reader *r, const struct json *list, struct attribute_def *out)
{
	struct arena *a = r->registry->arena;
	out->members = arena_array(a, const char *, json_size(list));
	for (size_t i = 0; i < json_size(list); i++) {
		const struct json *item = json_at(list, i);
		if (json_type(item) == JSON_OBJECT)
			item = json_get(item, "value");
		const char *s = item ? json_string(item) : NULL;
		if (item && json_type(item) == JSON_NUMBER)
			s = arena_printf(a, "%.15g", json_number(item, 0));
		if (!s)
			return fail(r, json_at(list, i),
				"a member of \"%s\" is neither a text nor a number", out->name);
		out->members[out->nr_members++] = s;
	}
	return true;
}

static bool read_type(struct reader *r, const struct json *j, struct attribute_def *out)
{
	if (!j)
		return true;
	if (json_type(j) == JSON_OBJECT && json_get(j, "members")) {
		const struct json *members = json_get(j, "members");
		const struct json *first = json_size(members) ? json_at(members, 0) : NULL;
		const struct json *value = first ? json_get(first, "value") : NULL;
		bool is_number = value && json_type(value) == JSON_NUMBER;
		out->type = is_number ? TYPE_INT : TYPE_STRING;
		return read_members(r, members, out);
	}
	const char *word = json_string(j);
	if (!word || !attribute_type_parse(word, &out->type, &out->is_template))
		return fail(r, j,
			"the type of \"%s\" is not known; one of string, int, double, boolean, "
			"these with [], any, or template[…] of one of them",
			out->name);
	return true;
}

/* true, a text, or an object: ours, or weaver's with "reason" and "note". */
static bool read_deprecated(struct reader *r, const struct json *j, struct attribute_def *out)
{
	if (!j || json_type(j) == JSON_NULL || (json_type(j) == JSON_BOOL && !json_bool(j, false)))
		return true;
	out->is_deprecated = true;
	if (json_string(j)) {
		out->note = json_string(j);
		return true;
	}
	if (json_type(j) == JSON_BOOL)
		return true;
	if (json_type(j) != JSON_OBJECT)
		return fail(r, j,
			"\"deprecated\" of \"%s\" is neither true nor a text nor an object such as "
			"{\"renamed_to\": \"…\"}",
			out->name);
	out->renamed_to = text_of(j, "renamed_to");
	out->note = text_of(j, "note");
	out->removed_after = text_of(j, "removed_after");
	return true;
}

static bool read_attribute(struct reader *r, const struct json *j)
{
	struct attribute_def *def = arena_new(r->registry->arena, struct attribute_def);
	*def = (struct attribute_def){.is_own = r->is_own,
		.stability = text_of(j, "stability"),
		.renamed_to = "",
		.note = "",
		.removed_after = ""};
	def->name = text_of(j, "name");
	if (!def->name[0])
		def->name = text_of(j, "key"); /* weaver's second format */
	if (json_type(j) != JSON_OBJECT || !def->name[0])
		return fail(r, j, "an attribute is not an object with a \"name\"");
	def->is_resource = str_eq(text_of(j, "scope"), "resource");
	if (!read_type(r, json_get(j, "type"), def) ||
		!read_deprecated(r, json_get(j, "deprecated"), def))
		return false;
	const struct json *members = json_get(j, "enum");
	if (members && json_type(members) != JSON_ARRAY)
		return fail(r, members, "\"enum\" of \"%s\" is not a list", def->name);
	if (members && !read_members(r, members, def))
		return false;
	vec_push(r->registry->arena, &r->registry->all, def);
	return true;
}

/* ---- indexes ---- */

static void add_letters(struct registry *r, struct attribute_def *def)
{
	char letters[128];
	registry_letters(def->name, letters, sizeof(letters));
	void **slot = map_slot(&r->by_letters, arena_strdup(r->arena, letters));
	struct same_letters *same = *slot;
	if (!same)
		*slot = same = arena_new(r->arena, struct same_letters);
	for (size_t i = 0; i < same->all.nr; i++) {
		if (str_eq(same->all.at[i]->name, def->name)) {
			same->all.at[i] = def;
			return;
		}
	}
	vec_push(r->arena, &same->all, def);
}

static void add_indexes(struct registry *r, size_t from)
{
	for (size_t i = from; i < r->all.nr; i++) {
		struct attribute_def *def = r->all.at[i];
		map_put(&r->by_name, def->name, def);
		add_letters(r, def);
		size_t n = strcspn(def->name, ".");
		if (def->is_deprecated || def->is_own || !def->name[n])
			continue;
		const char *segment = arena_strndup(r->arena, def->name, n);
		if (!map_has(&r->namespaces, segment))
			map_put(&r->namespaces, segment, def);
	}
}

/* ---- whole files ---- */

static bool read_list(struct reader *r, const struct json *list)
{
	for (size_t i = 0; i < json_size(list); i++) {
		const struct json *item = json_at(list, i);
		/* groups of a registry with a catalog refer to it by number */
		if (json_type(item) == JSON_NUMBER)
			continue;
		if (!read_attribute(r, item))
			return false;
	}
	return true;
}

/* weaver writes {"groups": [{"attributes": […]}]}, {"catalog": […], "registry": {"groups": […]}},
 * or, in its second format, {"registry": {"attributes": […]}}. */
static bool read_object(struct reader *r, const struct json *object, bool *found)
{
	static const char *const lists[] = {"attributes", "catalog"};
	for (size_t i = 0; i < 2; i++) {
		const struct json *list = json_get(object, lists[i]);
		if (!list || json_type(list) != JSON_ARRAY)
			continue;
		*found = true;
		if (!read_list(r, list))
			return false;
	}
	const struct json *inner = json_get(object, "registry"),
			  *groups = json_get(object, "groups");
	if (inner && json_type(inner) == JSON_OBJECT && !read_object(r, inner, found))
		return false;
	for (size_t i = 0; groups && i < json_size(groups); i++) {
		*found = true;
		if (json_type(json_at(groups, i)) == JSON_OBJECT &&
			!read_object(r, json_at(groups, i), found))
			return false;
	}
	return true;
}

static bool read_document(struct reader *r, const struct json *document)
{
	bool found = json_type(document) == JSON_ARRAY;
	size_t from = r->registry->all.nr;
	if (found && !read_list(r, document))
		return false;
	if (json_type(document) == JSON_OBJECT && !read_object(r, document, &found))
		return false;
	if (!found)
		return fail(r, document,
			"no attributes in it: a list of attributes, or what \"weaver registry "
			"resolve\" writes as JSON");
	add_indexes(r->registry, from);
	return true;
}

static const struct json *parse(struct reader *r, const char *text)
{
	unsigned line = 0;
	const char *why = "";
	const struct json *document = json_parse(r->registry->arena, text, &line, &why);
	if (!document)
		*r->error = (struct model_error){.file = r->file, .line = line, .text = why};
	return document;
}

bool registry_add(struct registry *r, const char *file, const char *text, struct model_error *error)
{
	struct reader reader = {.registry = r, .file = file, .error = error, .is_own = true};
	const struct json *document = parse(&reader, text);
	return document && read_document(&reader, document);
}

bool registry_init(struct registry *r, struct arena *a, struct model_error *error)
{
	*r = (struct registry){.arena = a, .version = "", .published = ""};
	map_init(&r->by_name, a);
	map_init(&r->by_letters, a);
	map_init(&r->namespaces, a);
	struct reader reader = {.registry = r, .file = BUILTIN, .error = error};
	for (const struct embedded_file *f = embedded_files; f->path; f++) {
		if (!str_eq(f->path, BUILTIN))
			continue;
		const struct json *document = parse(&reader, f->bytes);
		if (!document)
			return false;
		r->version = text_of(document, "version");
		r->published = text_of(document, "published");
		return read_document(&reader, document);
	}
	return fail(&reader, NULL, "is not part of this program");
}
