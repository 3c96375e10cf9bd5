/* unbounded-attribute: a whole message, a large buffer or a long array becomes a value. */
#include "engine/tell.h"
#include "flow/pairs.h"
#include "flow/strings.h"

#include <stdlib.h>
#include <string.h>

void rule_unbounded_attribute(struct rule_run *run);

#define MOST_BYTES    1024
#define MOST_ELEMENTS 1000

/* The length of the array that the value is, or is a view of; 0: none that we see. */
static unsigned long array_length(const struct values *v, ir_value value)
{
	const struct ir_func *f = v->func->ir;
	value = pair_unwrap(v, value);
	for (unsigned i = 0; i < 4 && value != IR_NONE; i++) {
		const struct ir_op *op = &f->ops[v->origin[value]];
		const char *type = op->kind == IR_VAR     ? f->vars[op->var].type
				   : op->kind == IR_FIELD ? op->type
							  : "";
		const char *bracket = strchr(type, '[');
		if (bracket)
			return type_is_text(type) ? 0 : strtoul(bracket + 1, NULL, 10);
		if (op->kind != IR_CALL || !(op->flags & IR_CALL_CONSTRUCT) || !op->nr_args)
			break;
		value = pair_unwrap(v, op->args[0]);
	}
	return 0;
}

static bool is_large(const struct provenance *from, const struct origin *o)
{
	if (o->kind == ORIGIN_NAMED)
		return o->name->meaning == MEANING_BODY && !from->is_built;
	if (o->kind == ORIGIN_BUFFER)
		return o->size > MOST_BYTES && !from->is_built;
	return o->kind == ORIGIN_READ && !from->is_built &&
	       (o->source == SOURCE_REQUEST || o->source == SOURCE_FILE);
}

static const char *describe(struct rule_run *run, const struct origin *o)
{
	if (o->kind == ORIGIN_BUFFER)
		return tell_text(run, "%s, up to %lu bytes", o->what, o->size);
	if (o->kind == ORIGIN_READ)
		return tell_text(run, "what is read from %s", o->what);
	return tell_text(run, "the whole of %s", o->what);
}

static void judge(struct rule_run *run, struct func *f, const struct pair *pair)
{
	const struct ir_op *at = &f->ir->ops[pair->at];
	const struct origin *found = NULL;
	struct provenance from;
	const char *what = NULL;
	if (pair->effect == EFFECT_BAGGAGE_SET || pair->value == IR_NONE || tell_has(run, &at->loc))
		return;
	unsigned long length = array_length(values_of(run->program, f), pair->value);
	if (length > MOST_ELEMENTS)
		what = tell_text(run, "an array of %lu", length);
	provenance_of(run->program, f, pair->value, &from);
	for (size_t i = 0; i < from.nr_origins && !what; i++) {
		if (!is_large(&from, &from.origins[i]))
			continue;
		found = &from.origins[i];
		what = describe(run, found);
	}
	if (!what)
		return;
	const char *key =
		pair->text ? tell_text(run, "attribute \"%s\"", pair->text) : "an attribute";
	struct story story = {0};
	if (found) {
		story_add_origin(run, &story, found);
		story_add(run, &story, &at->loc, "and becomes %s", key);
	}
	tell(run, f, &at->loc, pair->text ? pair->text : "",
		tell_text(run, "%s holds %s", key, what),
		"spans are made for a few hundred bytes: large values fill the queue, are cut off "
		"by limits, and cost more than all the rest of the trace",
		"record its size, its type or the part that is searched for", &story);
}

void rule_unbounded_attribute(struct rule_run *run)
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
