/* dynamic-attribute-key: a key is put together at run time. */
#include "base/embedded.h"
#include "base/json.h"
#include "base/str.h"
#include "engine/tell.h"
#include "flow/pairs.h"
#include "flow/strings.h"

#include <string.h>

void rule_dynamic_attribute_key(struct rule_run *run);

#define DATA "rules/semconv/attributes.json"

static const struct json *read_registry(struct rule_run *run)
{
	unsigned line;
	const char *error;
	for (const struct embedded_file *f = embedded_files; f->path; f++)
		if (str_eq(f->path, DATA))
			return json_get(
				json_parse(run->scratch, f->bytes, &line, &error), "attributes");
	return NULL;
}

/* Conventions have keys that end in a name: http.request.header.<key>. */
static bool is_template(const struct json *registry, const char *prefix)
{
	for (size_t i = 0; prefix[0] && i < json_size(registry); i++) {
		const struct json *a = json_at(registry, i);
		const char *name = json_string(json_get(a, "name"));
		const char *type = json_string(json_get(a, "type"));
		if (name && type && str_has_prefix(type, "template[") &&
			str_has_prefix(prefix, name) && prefix[strlen(name)] == '.')
			return true;
	}
	return false;
}

static const char *reason(
	struct rule_run *run, const struct provenance *from, const struct origin **origin)
{
	*origin = provenance_find(from, ORIGIN_UNBOUNDED);
	if (from->kind == FROM_UNBOUNDED)
		return from->what;
	if (!*origin)
		*origin = provenance_find(from, ORIGIN_READ);
	if (*origin && (*origin)->kind == ORIGIN_READ)
		return tell_text(run, "%s is read at run time", (*origin)->what);
	return from->is_built ? "parts of it are not constant" : NULL;
}

static void judge(
	struct rule_run *run, struct func *f, const struct pair *pair, const struct json *registry)
{
	struct string_set texts;
	struct provenance from;
	const struct origin *origin;
	const struct ir_op *at = &f->ir->ops[pair->at];
	if (pair->effect == EFFECT_BAGGAGE_SET || pair->text || pair->key == IR_NONE ||
		value_strings(values_of(run->program, f), pair->key, &texts))
		return;
	provenance_of(run->program, f, pair->key, &from);
	const char *why = reason(run, &from, &origin);
	if (!why || is_template(registry, from.prefix) || tell_has(run, &at->loc))
		return;
	struct story story = {0};
	if (origin)
		story_add_origin(run, &story, origin);
	else
		story_add(run, &story, &from.built.func->ir->ops[from.built.op].loc, "%s",
			from.built.text);
	story_add(run, &story, &at->loc, "and becomes the key of an attribute");
	tell(run, f, &at->loc, from.prefix,
		tell_text(run, "attribute key is built at run time: %s", why),
		"each new key is a new column in the backend: indexes and limits fill up, and a "
		"search for all values of the attribute is impossible",
		"give the attribute a constant key and put what varies into its value", &story);
}

void rule_dynamic_attribute_key(struct rule_run *run)
{
	const struct json *registry = read_registry(run);
	for (size_t i = 0; i < run->program->funcs.nr; i++) {
		struct func *f = run->program->funcs.at[i];
		if (f->ir->flags & (IR_FUNC_SYSTEM | IR_FUNC_TEMPLATE))
			continue;
		for (uint32_t k = 0; k < f->nr_calls; k++) {
			struct pairs pairs;
			pairs_of(run->program, f, &f->calls[k], &pairs);
			for (size_t n = 0; n < pairs.all.nr; n++)
				judge(run, f, &pairs.all.at[n], registry);
		}
	}
}
