/* discarded-context: a call makes a new context, and nobody takes it. */
#include "base/str.h"
#include "engine/tell.h"

void rule_discarded_context(struct rule_run *run);

/* Stored to a variable that is never read. */
static bool is_never_read(const struct func *f, uint32_t number)
{
	const struct ir_func *ir = f->ir;
	uint32_t var = IR_NONE, nr_uses = 0;
	for (uint32_t i = number; i < ir->nr_ops && var == IR_NONE; i++)
		if (ir->ops[i].kind == IR_STORE && ir->ops[i].args[1] == number &&
			ir->ops[i].args[0] != IR_NONE && ir->ops[ir->ops[i].args[0]].kind == IR_VAR)
			var = ir->ops[ir->ops[i].args[0]].var;
	if (var == IR_NONE ||
		(ir->vars[var].flags & (IR_VAR_PARAM | IR_VAR_CAPTURED | IR_VAR_STATIC |
					       IR_VAR_SYNTHETIC | IR_VAR_REFERENCE)) ||
		ir->vars[var].cleanup[0])
		return false;
	for (uint32_t i = 0; i < ir->nr_ops; i++)
		nr_uses += ir->ops[i].kind == IR_VAR && ir->ops[i].var == var;
	return nr_uses == 1;
}

static bool makes_context(struct rule_run *run, const struct model_call *m, const struct ir_op *op)
{
	const struct model_type *t = models_type(run->program->models, op->type);
	if (!t || t->role != ROLE_CONTEXT)
		return false;
	return m->effect == EFFECT_EXTRACT || m->effect == EFFECT_BAGGAGE_SET ||
	       (m->effect == EFFECT_ALIAS && str_has_prefix(ir_simple_name(op->sym), "Set"));
}

static void report_context(struct rule_run *run, struct func *f, const struct model_call *m,
	const struct ir_op *op, bool is_stored)
{
	bool is_extract = m->effect == EFFECT_EXTRACT;
	tell(run, f, &op->loc, ir_simple_name(op->sym),
		tell_text(run, "the context that %s returns is %s", ir_simple_name(op->sym),
			is_stored ? "never used" : "thrown away"),
		is_extract
			? "the caller's trace ends here: spans started below become roots of their "
			  "own instead of children of the request"
			: "contexts do not change, a new one is returned: what was set is in none "
			  "that anybody uses",
		is_extract ? "attach it, or give it to the start as the parent"
			   : "use the context that is returned",
		NULL);
}

static void report_token(
	struct rule_run *run, struct func *f, const struct ir_op *op, bool is_object)
{
	tell(run, f, &op->loc, ir_simple_name(op->sym),
		tell_text(run, "the token that %s returns is thrown away", ir_simple_name(op->sym)),
		is_object ? "it is a temporary, and its destructor detaches at the end of this "
			    "statement: the context is never current"
			  : "nobody can detach it: the context stays current on this thread, for "
			    "whatever comes next",
		is_object ? "keep it in a variable that lives as long as the work"
			  : "keep it, and detach it when the work is done",
		NULL);
}

static void check_call(struct rule_run *run, struct func *f, const struct call *call)
{
	const struct ir_op *op = &f->ir->ops[call->op];
	const struct model_call *m = call->model;
	bool is_discarded = op->flags & IR_CALL_DISCARDED;
	if (!m)
		return;
	if (makes_context(run, m, op)) {
		if (is_discarded || is_never_read(f, call->op))
			report_context(run, f, m, op, !is_discarded);
		return;
	}
	if (m->effect != EFFECT_ACTIVATE || m->scope != MODEL_RESULT || !is_discarded)
		return;
	const struct model_type *t = models_type(run->program->models, op->type);
	bool is_object = t && t->ends_on_destroy;
	/* Scope(span) and WithActiveSpan(span) are for discarded-span */
	if (t && (!is_object || str_eq(ir_simple_name(op->sym), "Attach")))
		report_token(run, f, op, is_object);
}

void rule_discarded_context(struct rule_run *run)
{
	for (size_t i = 0; i < run->program->funcs.nr; i++) {
		struct func *f = run->program->funcs.at[i];
		if (f->ir->flags & (IR_FUNC_SYSTEM | IR_FUNC_TEMPLATE) || f->ir->incomplete[0])
			continue;
		for (uint32_t k = 0; k < f->nr_calls; k++)
			check_call(run, f, &f->calls[k]);
	}
}
