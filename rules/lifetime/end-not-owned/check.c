/* end-not-owned: ends the span that happens to be current, which somebody else started. */
#include "base/str.h"
#include "engine/tell.h"
#include "flow/scopes.h"

void rule_end_not_owned(struct rule_run *run);

static bool is_current_call(const struct func *f, ir_value v)
{
	const struct call *c = func_call(f, v);
	return c && c->model && c->model->effect == EFFECT_CURRENT;
}

/* The op that asked for the current span, when the handle can be nothing else. */
static uint32_t current_of(struct program *p, struct func *f, ir_value handle)
{
	const struct values *v = values_of(p, f);
	if (handle == IR_NONE)
		return IR_NONE;
	if (is_current_call(f, v->origin[handle]))
		return v->origin[handle];
	uint32_t path = v->content[handle] != NO_PATH ? v->content[handle] : v->address[handle];
	if (path == NO_PATH || v->paths.at[path].kind != PATH_VAR ||
		(f->ir->vars[v->paths.at[path].var].flags & (IR_VAR_PARAM | IR_VAR_CAPTURED)))
		return IR_NONE;
	uint32_t found = IR_NONE;
	for (uint32_t i = 0; i < f->ir->nr_ops; i++) {
		const struct ir_op *op = &f->ir->ops[i];
		if (op->kind != IR_STORE || op->args[0] == IR_NONE ||
			v->address[op->args[0]] != path)
			continue;
		if (op->args[1] == IR_NONE || !is_current_call(f, v->origin[op->args[1]]))
			return IR_NONE;
		found = v->origin[op->args[1]];
	}
	return found;
}

/* Who makes a span current may end it by asking for it. */
static bool activates(struct program *p, const struct func *f)
{
	(void)p;
	for (uint32_t i = 0; i < f->nr_calls; i++) {
		const struct model_call *m = f->calls[i].model;
		if (m && (m->effect == EFFECT_ACTIVATE || (m->flags & MODEL_ACTIVATES)))
			return true;
	}
	return false;
}

/* A program in which a function makes a span current and leaves it so, for another function to
 * end: begin and end in different callbacks. */
static bool leaves_current(struct program *p)
{
	for (size_t i = 0; i < p->funcs.nr; i++) {
		struct func *f = p->funcs.at[i];
		uint32_t nr;
		if ((f->ir->flags & IR_FUNC_SYSTEM) || !activates(p, f))
			continue;
		for (uint32_t k = 0; k < f->nr_sites; k++) {
			const struct model_call *m = f->sites[k].call->model;
			if (m && (m->flags & MODEL_ACTIVATES) && !f->sites[k].is_local)
				return true;
		}
		const struct scope_site *sites = scopes_of(p, f, &nr);
		for (uint32_t k = 0; k < nr; k++)
			if (!sites[k].walk->is_complete || sites[k].nr_open ||
				sites[k].is_handed_on)
				return true;
	}
	return false;
}

static void report(struct rule_run *run, struct func *f, const struct ir_op *end, uint32_t current)
{
	struct story story = {0};
	story_add(run, &story, &f->ir->ops[current].loc, "asks for the span that is current here");
	story_add(run, &story, &end->loc, "and ends it");
	tell(run, f, &end->loc, "current",
		"ends the current span, which this function did not start",
		"whoever started it still works in it: the span loses its second half, and all "
		"they "
		"write to it from now on",
		"leave the end to the function that starts the span; set attributes or the status "
		"here",
		&story);
}

void rule_end_not_owned(struct rule_run *run)
{
	bool is_known = false, is_left = false;
	for (size_t i = 0; i < run->program->funcs.nr; i++) {
		struct func *f = run->program->funcs.at[i];
		if ((f->ir->flags & (IR_FUNC_SYSTEM | IR_FUNC_TEMPLATE)) ||
			activates(run->program, f))
			continue;
		for (uint32_t k = 0; k < f->nr_calls; k++) {
			const struct model_call *m = f->calls[k].model;
			const struct ir_op *op = &f->ir->ops[f->calls[k].op];
			if (!m || m->effect != EFFECT_END || m->span < 0)
				continue;
			uint32_t current =
				current_of(run->program, f, ir_call_arg(op, (unsigned)m->span));
			if (current == IR_NONE)
				continue;
			if (!is_known)
				is_left = leaves_current(run->program);
			is_known = true;
			if (!is_left)
				report(run, f, op, current);
		}
	}
}
