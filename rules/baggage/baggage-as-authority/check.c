/* baggage-as-authority: what came with baggage decides about access, a query, a path. */
#include "base/str.h"
#include "engine/tell.h"
#include "flow/strings.h"

void rule_baggage_as_authority(struct rule_run *run);

static void report(struct rule_run *run, struct func *f, const struct ir_op *at,
	const struct origin *origin, const char *use)
{
	struct story story = {0};
	if (tell_has(run, &at->loc))
		return;
	story_add_origin(run, &story, origin);
	story_add(run, &story, &at->loc, "and %s", use);
	tell(run, f, &at->loc, origin->what, tell_text(run, "%s %s", origin->what, use),
		"baggage is a header: every client and every service on the way can write into it "
		"what it likes, and nobody signs it",
		"take it from what was authenticated: the session, the verified token, the "
		"certificate",
		&story);
}

/* `!strcmp(role, "admin")`: by the entry's key, or by what it is compared with. */
static bool is_about_access(
	struct rule_run *run, struct func *f, const struct ir_op *op, const struct origin *origin)
{
	if (origin->name)
		return true;
	for (uint32_t k = 0; k < op->nr_args; k++) {
		const char *text = value_string(values_of(run->program, f), op->args[k]);
		if (models_name(run->program->models, text, NAME_KEY, MEANING_AUTHORITY))
			return true;
	}
	return false;
}

static const struct origin *find_baggage(
	struct rule_run *run, struct func *f, ir_value value, struct provenance *from)
{
	if (value == IR_NONE)
		return NULL;
	provenance_of(run->program, f, value, from);
	return provenance_find(from, ORIGIN_BAGGAGE);
}

static void check_compare(struct rule_run *run, struct func *f, const struct ir_op *op)
{
	struct provenance from;
	for (uint32_t k = 0; k < op->nr_args; k++) {
		const struct origin *o = find_baggage(run, f, op->args[k], &from);
		if (o && is_about_access(run, f, op, o))
			report(run, f, op, o, "decides about access");
	}
}

static void check_sink(
	struct rule_run *run, struct func *f, const struct ir_op *op, const struct model_string *m)
{
	static const char *const uses[] = {
		"", "becomes a path", "becomes part of a query", "becomes a command", ""};
	struct provenance from;
	const struct origin *o = find_baggage(run, f, ir_call_arg(op, (unsigned)m->from), &from);
	if (o)
		report(run, f, op, o, uses[m->sink]);
}

void rule_baggage_as_authority(struct rule_run *run)
{
	for (size_t i = 0; i < run->program->funcs.nr; i++) {
		struct func *f = run->program->funcs.at[i];
		if (f->ir->flags & (IR_FUNC_SYSTEM | IR_FUNC_TEMPLATE))
			continue;
		for (uint32_t k = 0; k < f->nr_calls; k++) {
			const struct ir_op *op = &f->ir->ops[f->calls[k].op];
			const struct model_string *m = models_string(run->program->models, op->sym);
			if (!m || m->build != BUILD_SINK ||
				(op->flags & IR_CALL_DISCARDED && m->sink == SINK_COMPARE))
				continue;
			if (m->sink == SINK_COMPARE)
				check_compare(run, f, op);
			else
				check_sink(run, f, op, m);
		}
	}
}
