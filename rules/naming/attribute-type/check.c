/* attribute-type: the value is of another type than the registry says, or almost a known value. */
#include "base/str.h"
#include "engine/keys.h"
#include "flow/key_choices.h"

#include <string.h>

void rule_attribute_type(struct rule_run *run);

/* A whole number where any number fits loses nothing. */
static bool is_number(enum attribute_type type)
{
	return type == TYPE_INT || type == TYPE_DOUBLE;
}

static bool is_array(enum attribute_type type)
{
	return type >= TYPE_STRINGS;
}

static bool contradicts(const struct attribute_site *s, const struct attribute_def *def)
{
	if (s->type == TYPE_UNKNOWN || def->type == TYPE_UNKNOWN || s->type == def->type)
		return false;
	if (def->type == TYPE_DOUBLE && is_number(s->type))
		return false;
	return true;
}

static const char *article(enum attribute_type type)
{
	switch (type) {
	case TYPE_INT:
		return "an int";
	case TYPE_STRING:
		return "a string";
	case TYPE_DOUBLE:
		return "a double";
	case TYPE_BOOLEAN:
		return "a boolean";
	default:
		return "an array";
	}
}

static void check_type(
	struct rule_run *run, const struct attribute_site *s, const struct attribute_def *def)
{
	struct story story = {0};
	keys_story(run, &story, s);
	tell(run, s->func, &s->loc, s->key,
		tell_text(run, "attribute \"%s\" is %s, and set to %s%s%s%s", s->key,
			is_array(def->type)
				? tell_text(run, "of type %s", attribute_type_name(def->type))
				: article(def->type),
			article(s->type), s->literal ? ": " : "", s->literal ? s->literal : "", ""),
		def->type == TYPE_INT || def->type == TYPE_DOUBLE
			? "a backend indexes an attribute by one type: values of another are "
			  "dropped, or compared as text, so that 99 is more than 200"
			: "a backend indexes an attribute by one type: values of another are "
			  "dropped, or kept where no query of the first finds them",
		tell_text(run, "pass %s", is_array(def->type) ? "an array" : article(def->type)),
		&story);
}

/* The literal as it is written, when it stands in the same call. */
static void check_member(
	struct rule_run *run, const struct attribute_site *s, const struct attribute_def *def)
{
	if (!s->literal || s->type != TYPE_STRING || attribute_has_member(def, s->literal))
		return;
	const char *meant = attribute_near_member(def, s->literal);
	if (!meant)
		return; /* a value of its own is allowed */
	struct story story = {0};
	keys_story(run, &story, s);
	const struct values *v = values_of(run->program, s->func);
	struct ir_loc written = literal_place(run->program, v, s->value);
	struct plan plan = tell_plan(run, PLAN_REPLACE, &written,
		tell_text(run, "\"%s\"", s->literal), tell_text(run, "\"%s\"", meant));
	struct patch patch = {.is_safe = true,
		.title = tell_text(run, "write %s", meant),
		.nr_plans = 1,
		.plans = &plan};
	tell_with_patch(run, s->func, &s->loc, s->key,
		tell_text(run, "value \"%s\" of attribute \"%s\" is written \"%s\"", s->literal,
			s->key, meant),
		"values are compared letter by letter: this one is in no group with the others",
		tell_text(run, "write \"%s\"", meant), &story, written.line ? &patch : NULL);
}

void rule_attribute_type(struct rule_run *run)
{
	const struct registry *registry = run->program->registry;
	const struct attribute_site *s;
	for (size_t at = 0; registry && (s = keys_next(run, &at)) != NULL;) {
		const struct attribute_def *def = registry_find(registry, s->key);
		if (!def || def->is_deprecated)
			continue;
		if (contradicts(s, def))
			check_type(run, s, def);
		else if (def->nr_members)
			check_member(run, s, def);
	}
}
