/* log-like-span: a span that is ended where it was started, with nothing in between. */
#include "engine/tell.h"
#include "flow/extent.h"
#include "flow/looped.h"
#include "flow/values.h"

#include <string.h>

void rule_log_like_span(struct rule_run *run);

static bool is_nothing(struct program *p, struct func *f, ir_value v)
{
	const struct ir_op *op = &f->ir->ops[values_of(p, f)->origin[v]];
	return op->kind == IR_CONST && (op->sub == IR_LIT_NULL || op->sub == IR_LIT_INT);
}

/* Started with a parent, a kind or a time of its own: what is behind it happened elsewhere. */
static bool has_options(struct program *p, struct func *f, const struct span_site *s)
{
	const struct ir_op *op = &f->ir->ops[s->op];
	const struct model_call *m = s->call->model;
	if (!m || m->name < 0)
		return true;
	for (unsigned k = (unsigned)m->name + 1; k <= ir_call_nr_args(op); k++) {
		ir_value arg = ir_call_arg(op, k);
		if (arg == IR_NONE || is_nothing(p, f, arg))
			continue;
		if ((int)k != m->attributes || strstr(f->ir->ops[arg].type, "Options"))
			return true;
	}
	return false;
}

static bool ends_with_options(const struct func *f, const struct span_site *s)
{
	for (size_t i = 0; i < s->walk->exits.nr; i++) {
		uint32_t at = s->walk->exits.at[i].ended_at;
		const struct call *c = at == IR_NONE ? NULL : func_call(f, at);
		if (!c || !c->model)
			continue;
		unsigned nr_handle = c->model->span > 0 ? 1 : 0;
		if (ir_call_nr_args(&f->ir->ops[at]) > nr_handle)
			return true;
	}
	return false;
}

static void report(struct rule_run *run, const struct func *f, const struct span_site *s)
{
	struct story story = {0};
	for (size_t i = 0; i < s->walk->exits.nr && !story.steps.nr; i++)
		if (s->walk->exits.at[i].ended_at != IR_NONE)
			story_add(run, &story, &f->ir->ops[s->walk->exits.at[i].ended_at].loc,
				"it ends here, and nothing has happened");
	tell(run, f, &f->ir->ops[s->op].loc, s->name ? s->name : "",
		tell_text(
			run, "%s is over before anything happens in it", span_title(s, run->arena)),
		"a span of no length says that something happened, not how long it took: that is "
		"an "
		"event",
		"add an event to the span that is current, or set an attribute on it", &story);
}

void rule_log_like_span(struct rule_run *run)
{
	struct program *p = run->program;
	for (size_t i = 0; i < p->funcs.nr; i++) {
		struct func *f = p->funcs.at[i];
		for (uint32_t k = 0; k < f->nr_sites; k++) {
			const struct span_site *s = &f->sites[k];
			bool is_lost = f->ir->ops[s->op].flags & IR_CALL_DISCARDED;
			if (!is_lost && span_is_replaceable(f, s) &&
				!worth_is_too_much(s->verdict->worth) &&
				extent_holds_nothing(p, f, s) && !has_options(p, f, s) &&
				!ends_with_options(f, s))
				report(run, f, s);
		}
	}
}
