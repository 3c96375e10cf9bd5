/* discarded-span: the handle of a new span, or the scope that makes one current, dies at once. */
#include "base/str.h"
#include "engine/tell.h"

void rule_discarded_span(struct rule_run *run);

static void report_span(struct rule_run *run, struct func *f, const struct span_site *s)
{
	const struct ir_op *op = &f->ir->ops[s->op];
	const char *title = span_title(s, run->arena);
	if (s->is_automatic)
		tell(run, f, &op->loc, s->name ? s->name : "",
			tell_text(
				run, "%s ends at once: nobody keeps what the start returns", title),
			"the handle is a temporary, and its destructor ends the span: the trace "
			"shows a "
			"span of no length, and the work after it belongs to somebody else",
			"keep it in a variable that lives as long as the work", NULL);
	else
		tell(run, f, &op->loc, s->name ? s->name : "",
			tell_text(run, "%s is started and its handle thrown away", title),
			"nobody can end it: it is never exported, and its memory is never given "
			"back",
			"keep the handle and end it, or remove the call", NULL);
}

/* Scope(span); on a line of its own: a temporary. In C, a token that nobody can detach. */
static bool is_dying_scope(const struct call *call, const struct ir_op *op)
{
	return call->model && call->model->effect == EFFECT_ACTIVATE &&
	       call->model->scope == MODEL_RESULT && (op->flags & IR_CALL_DISCARDED);
}

/* Attach takes a context, and what is done about its token is for discarded-context to say. */
static bool takes_span(const struct rule_run *run, const struct ir_op *op)
{
	const struct model_type *t = models_type(run->program->models, op->type);
	const char *name = ir_simple_name(op->sym);
	return t && t->role == ROLE_SCOPE && t->ends_on_destroy && !str_eq(name, "Attach");
}

static void report_scope(struct rule_run *run, struct func *f, const struct ir_op *op)
{
	tell(run, f, &op->loc, "scope", "the scope ends at once: nobody keeps it",
		"it is a temporary and leaves at the end of this statement: the span is never "
		"current, "
		"and spans started below are not its children",
		"give it a name: auto scope = …", NULL);
}

void rule_discarded_span(struct rule_run *run)
{
	for (size_t i = 0; i < run->program->funcs.nr; i++) {
		struct func *f = run->program->funcs.at[i];
		if (f->ir->flags & (IR_FUNC_SYSTEM | IR_FUNC_TEMPLATE))
			continue;
		for (uint32_t k = 0; k < f->nr_sites; k++)
			if (f->sites[k].is_discarded)
				report_span(run, f, &f->sites[k]);
		for (uint32_t k = 0; k < f->nr_calls; k++) {
			const struct ir_op *op = &f->ir->ops[f->calls[k].op];
			if (is_dying_scope(&f->calls[k], op) && takes_span(run, op))
				report_scope(run, f, op);
		}
	}
}
