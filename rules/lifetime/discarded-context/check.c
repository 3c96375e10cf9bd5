/* discarded-context: a call makes a new context, and nobody takes it; or the one that is injected
 * is not the one that was made. */
#include "base/str.h"
#include "engine/tell.h"
#include "flow/options.h"
#include "flow/recorded.h"

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

/* ---- a context without the span it is injected for ---- */

/* `ctel_ctx_current()`, or a variable that only ever holds that. */
static bool is_current(struct rule_run *run, struct func *f, ir_value value)
{
	const struct values *v = values_of(run->program, f);
	if (value == IR_NONE)
		return false;
	const struct call *call = func_call(f, v->origin[value]);
	if (call)
		return call->model && call->model->effect == EFFECT_CURRENT;
	uint32_t path = v->content[value] != NO_PATH ? v->content[value] : v->address[value];
	bool is_current = false;
	for (uint32_t i = 0; path != NO_PATH && i < f->ir->nr_ops; i++) {
		const struct ir_op *op = &f->ir->ops[i];
		if (op->kind != IR_STORE || op->args[0] == IR_NONE ||
			v->address[op->args[0]] != path)
			continue;
		call = op->args[1] == IR_NONE ? NULL : func_call(f, v->origin[op->args[1]]);
		if (!call || !call->model || call->model->effect != EFFECT_CURRENT)
			return false;
		is_current = true;
	}
	return is_current;
}

/* Anything here, or in what it calls, may make a span current. */
static bool may_activate(struct rule_run *run, const struct func *f)
{
	for (uint32_t i = 0; i < f->nr_calls; i++) {
		const struct call *c = &f->calls[i];
		const struct model_type *t =
			models_type(run->program->models, f->ir->ops[c->op].type);
		if ((t && t->role == ROLE_SCOPE) ||
			(c->model && (c->model->effect == EFFECT_ACTIVATE ||
					     (c->model->flags & MODEL_ACTIVATES))) ||
			(c->callee && reaches_effect(c->callee, EFFECT_ACTIVATE, run->scratch,
					      run->program)))
			return true;
	}
	return false;
}

/* The span that is started here for a request to somebody else, before this op. */
static const struct span_site *outgoing_span(struct rule_run *run, struct func *f, uint32_t before)
{
	for (uint32_t i = 0; i < f->nr_sites; i++) {
		struct start_options o;
		start_options_of(run->program, f, &f->sites[i], &o);
		if (f->sites[i].op < before && f->sites[i].call->model &&
			(o.kind == KIND_CLIENT || o.kind == KIND_PRODUCER))
			return &f->sites[i];
	}
	return NULL;
}

static void check_inject(struct rule_run *run, struct func *f, const struct call *call)
{
	const struct ir_op *op = &f->ir->ops[call->op];
	if (call->model->span <= 0 || (f->ir->flags & IR_FUNC_LAMBDA) ||
		!is_current(run, f, ir_call_arg(op, (unsigned)call->model->span)) ||
		may_activate(run, f))
		return;
	const struct span_site *site = outgoing_span(run, f, call->op);
	if (!site)
		return;
	struct story story = {0};
	const char *title = span_title(site, run->arena);
	story_add(run, &story, &f->ir->ops[site->op].loc, "%s starts here, and is not made current",
		title);
	story_add(run, &story, &op->loc, "the current context is injected: that of another span");
	tell(run, f, &op->loc, site->name ? site->name : "",
		tell_text(run, "%s is not in the context that is injected", title),
		"the other service's spans become children of whatever was active before, or of "
		"nothing: the request's own span has none",
		"make the span current before injecting, or inject a context with it", &story);
}

static void check_call(struct rule_run *run, struct func *f, const struct call *call)
{
	const struct ir_op *op = &f->ir->ops[call->op];
	const struct model_call *m = call->model;
	bool is_discarded = op->flags & IR_CALL_DISCARDED;
	if (!m)
		return;
	if (m->effect == EFFECT_INJECT)
		check_inject(run, f, call);
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
