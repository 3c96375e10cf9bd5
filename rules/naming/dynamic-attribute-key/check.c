/* dynamic-attribute-key: a key is put together at run time. */
#include "engine/tell.h"
#include "flow/pairs.h"
#include "flow/strings.h"
#include "model/semconv.h"

#include <string.h>

void rule_dynamic_attribute_key(struct rule_run *run);

/* Conventions have keys that end in a name: http.request.header.<key>. */
static bool is_template(const struct rule_run *run, const char *prefix)
{
	const struct registry *r = run->program->registry;
	const struct attribute_def *def = r ? registry_find(r, prefix) : NULL;
	return def && def->is_template && prefix[strlen(def->name)] == '.';
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

static void judge(struct rule_run *run, struct func *f, const struct pair *pair)
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
	if (!why || is_template(run, from.prefix) || tell_has(run, &at->loc))
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
	for (size_t i = 0; i < run->program->funcs.nr; i++) {
		struct func *f = run->program->funcs.at[i];
		if (f->ir->flags & (IR_FUNC_SYSTEM | IR_FUNC_TEMPLATE))
			continue;
		for (uint32_t k = 0; k < f->nr_calls; k++) {
			const struct pairs *pairs = pairs_of(run->program, f, &f->calls[k]);
			for (size_t n = 0; n < pairs->all.nr; n++)
				judge(run, f, &pairs->all.at[n]);
		}
	}
}
