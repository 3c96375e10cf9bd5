/* error-on-success: an error status on the span of an operation that then reports success. */
#include "engine/tell.h"
#include "flow/errors.h"
#include "flow/recorded.h"

void rule_error_on_success(struct rule_run *run);

/* Where the path sets an error status on this span, for certain; IR_NONE: nowhere. */
static uint32_t find_status(
	struct rule_run *run, struct func *f, const struct span_site *s, const struct walk_exit *e)
{
	struct trail t;
	const struct values *v = values_of(run->program, f);
	if (!trail_of(run->program, f, e, &t))
		return IR_NONE;
	uint32_t found = IR_NONE;
	uint32_t start = trail_position(&t, s->op, t.nr);
	for (uint32_t i = start == UINT32_MAX ? t.nr : start; i < t.nr; i++) {
		const struct call *c = func_call(f, t.ops[i]);
		const struct model_call *m = c ? c->model : NULL;
		if (!m || m->span < 0 ||
			(m->effect != EFFECT_STATUS &&
				!(m->effect == EFFECT_EXCEPTION && (m->flags & MODEL_SETS_STATUS))))
			continue;
		uint32_t at;
		ir_value handle = ir_call_arg(&f->ir->ops[c->op], (unsigned)m->span);
		if (trail_source(&t, v, handle, i, &at) != s->op)
			continue;
		/* the last status is the one that counts */
		found = recorded_by(run->program, f, c->op) == RECORDED_ERROR ? c->op : IR_NONE;
	}
	return found;
}

static void report(struct rule_run *run, struct func *f, const struct span_site *s,
	const struct walk_exit *e, uint32_t status)
{
	const struct ir_op *op = &f->ir->ops[status];
	struct story story = {0};
	story_add(run, &story, &f->ir->ops[s->op].loc, "span starts here");
	story_add(run, &story, &op->loc, "is marked as failed");
	story_add_hops(run, &story, f, e, status);
	story_add(run, &story, &f->ir->ops[e->op].loc, "success is returned");
	tell(run, f, &op->loc, s->name ? s->name : "",
		tell_text(run, "%s is marked as failed here, and %s() goes on to report success",
			span_title(s, run->arena), ir_simple_name(f->ir->name)),
		"an error that was dealt with is no failure of the operation: error rates count "
		"it, and "
		"sampling keeps traces in which nothing is wrong",
		"record what was overcome as an event, or put the status on the span of the "
		"attempt that "
		"failed; set it on this span only when the operation gives up",
		&story);
}

static void check_site(struct rule_run *run, struct func *f, const struct span_site *s)
{
	for (size_t i = 0; i < s->walk->exits.nr; i++) {
		const struct walk_exit *e = &s->walk->exits.at[i];
		if (e->kind != EXIT_RETURN || e->outcome != OUTCOME_SUCCESS ||
			!(e->flags & STATE_ERROR_STATUS) || e->phase != SPAN_ENDED)
			continue;
		uint32_t status = find_status(run, f, s, e);
		if (status == IR_NONE)
			continue;
		report(run, f, s, e, status);
		return;
	}
}

void rule_error_on_success(struct rule_run *run)
{
	for (size_t i = 0; i < run->program->funcs.nr; i++) {
		struct func *f = run->program->funcs.at[i];
		if (f->ir->flags & IR_FUNC_MAIN)
			continue; /* its result is the process's, not the operation's */
		if (!errors_of(run->program, f)->may_fail)
			continue; /* nothing it returns means failure: success says little */
		for (uint32_t k = 0; k < f->nr_sites; k++)
			if (f->sites[k].walk->is_complete)
				check_site(run, f, &f->sites[k]);
	}
}
