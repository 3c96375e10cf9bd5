/* recursive-span: a function that calls itself starts a span each time. */
#include "base/str.h"
#include "engine/tell.h"
#include "flow/loops.h"
#include "flow/values.h"
#include "flow/verdict.h"

void rule_recursive_span(struct rule_run *run);

/* The parameter whose value this is, or IR_NONE. */
static uint32_t param_of(const struct ir_func *f, ir_value v)
{
	while (v != IR_NONE && f->ops[v].kind == IR_COPY)
		v = f->ops[v].args[0];
	if (v == IR_NONE || f->ops[v].kind != IR_LOAD || f->ops[v].args[0] == IR_NONE)
		return IR_NONE;
	const struct ir_op *from = &f->ops[f->ops[v].args[0]];
	return from->kind == IR_VAR && from->var < f->nr_params ? from->var : IR_NONE;
}

static bool is_constant(const struct ir_func *f, ir_value v)
{
	while (v != IR_NONE && f->ops[v].kind == IR_COPY)
		v = f->ops[v].args[0];
	return v != IR_NONE && f->ops[v].kind == IR_CONST;
}

/* Is a parameter compared with a constant as a limit from above? */
static bool is_limited(const struct ir_func *f, uint32_t param)
{
	for (uint32_t i = 0; i < f->nr_ops; i++) {
		const struct ir_op *op = &f->ops[i];
		if (op->kind != IR_COMPARE || op->nr_args != 2)
			continue;
		if ((param_of(f, op->args[0]) == param && is_constant(f, op->args[1])) ||
			(param_of(f, op->args[1]) == param && is_constant(f, op->args[0])))
			return true;
	}
	return false;
}

static bool decides_a_branch(struct program *p, struct func *f, uint32_t param)
{
	const struct values *v = values_of(p, f);
	for (uint32_t i = 0; i < v->paths.nr; i++)
		if (v->is_tested[i] && v->paths.at[i].kind == PATH_VAR &&
			v->paths.at[i].var == param)
			return true;
	return false;
}

/* `walk(node, depth + 1)` where depth has a limit; `send(request, false)` where the flag decides
 * whether to go on: it comes to an end whatever the data are. Counting down ends with the data,
 * unless everybody starts it with a constant. */
static bool is_bounded_by(struct program *p, struct func *f, const struct call *call, uint32_t k)
{
	const struct ir_op *op = &f->ir->ops[call->op];
	if (k >= call->callee->ir->nr_params || op->args[k] == IR_NONE)
		return false;
	const struct ir_op *arg = &f->ir->ops[op->args[k]];
	if (arg->kind == IR_CONST)
		return decides_a_branch(p, call->callee, k);
	if (arg->kind != IR_CALC || arg->nr_args != 2 || !is_constant(f->ir, arg->args[1]))
		return false;
	uint32_t param = param_of(f->ir, arg->args[0]);
	return param != IR_NONE && str_eq(arg->sym, "+") && is_limited(f->ir, param);
}

/* The call that closes the cycle while the span is open, when nothing bounds it. */
static const struct call *closing_call(struct program *p, struct func *f, const struct span_site *s)
{
	const struct loops *l = loops_of(p, f);
	const struct call *found = NULL;
	for (uint32_t i = 0; i < f->nr_calls; i++) {
		const struct call *c = &f->calls[i];
		if (!c->callee || c->callee->scc != f->scc)
			continue;
		for (uint32_t k = 0; k < f->ir->ops[c->op].nr_args; k++)
			if (is_bounded_by(p, f, c, k))
				return NULL;
		if (!found && op_dominates(l, f->ir, s->op, c->op))
			found = c;
	}
	return found;
}

static void report(
	struct rule_run *run, struct func *f, const struct span_site *s, const struct call *call)
{
	const char *name = ir_simple_name(f->ir->name);
	const char *callee = ir_simple_name(call->callee->ir->name);
	struct story story = {0};
	if (call->callee == f)
		story_add(run, &story, &f->ir->ops[call->op].loc, "%s calls itself here", name);
	else
		story_add(run, &story, &f->ir->ops[call->op].loc,
			"%s is called here, which leads back to %s", callee, name);
	tell(run, f, &f->ir->ops[s->op].loc, s->name ? s->name : "",
		tell_text(run, "%s is started once more at every level of %s, which is recursive",
			span_title(s, run->arena), name),
		"the depth of the trace is the depth of the data, and nothing in the code limits "
		"it",
		"start the span in the function that begins the recursion, and set its depth or "
		"the "
		"number of nodes as an attribute",
		&story);
}

void rule_recursive_span(struct rule_run *run)
{
	struct program *p = run->program;
	for (size_t i = 0; i < p->funcs.nr; i++) {
		struct func *f = p->funcs.at[i];
		for (uint32_t k = 0; f->is_recursive && k < f->nr_sites; k++) {
			const struct span_site *s = &f->sites[k];
			if (!span_is_judged_by_work(f, s) || worth_is_too_much(s->verdict->worth))
				continue;
			const struct call *call = closing_call(p, f, s);
			if (call)
				report(run, f, s, call);
		}
	}
}
