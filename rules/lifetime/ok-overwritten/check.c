/* ok-overwritten: statuses that the SDK ignores: an error after Ok, a description without an
 * error. */
#include "base/str.h"
#include "engine/tell.h"
#include "flow/status.h"
#include "flow/strings.h"

void rule_ok_overwritten(struct rule_run *run);

static void report_error(struct rule_run *run, const struct span_view *v, const struct incident *i)
{
	const struct ir_op *op = &v->func->ir->ops[i->op];
	if (tell_has(run, &op->loc))
		return;
	struct story story = {0};
	story_add(run, &story, span_view_loc(v), v->site ? "started here" : "handed in here");
	story_add_path(run, &story, v->func, i->hops, i->nr_hops, v->site ? v->site->op : IR_NONE);
	story_add(run, &story, &op->loc, "set to an error here, after Ok");
	tell(run, v->func, &op->loc, v->site && v->site->name ? v->site->name : "",
		tell_text(run, "%s gets an error status after Ok", span_view_title(v, run->arena)),
		"Ok is final: the error is ignored, and the failure shows as a success in every "
		"dashboard",
		"leave the status unset on success, and set it only for errors", &story);
}

static bool says_something(const struct func *f, struct program *p, ir_value value)
{
	if (value == IR_NONE)
		return false;
	const struct values *v = values_of(p, (struct func *)f);
	const char *text = value_string(v, value);
	if (text)
		return text[0] != '\0';
	const struct ir_op *op = &f->ir->ops[v->origin[value]];
	return op->kind == IR_CONST && op->sub == IR_LIT_STRING;
}

static void check_description(struct rule_run *run, struct func *f, const struct call *call)
{
	const struct model_call *m = call->model;
	if (!m || m->effect != EFFECT_STATUS || m->description < 0)
		return;
	const struct ir_op *op = &f->ir->ops[call->op];
	enum status status = status_of(values_of(run->program, f), m, op);
	if (status != STATUS_OK && status != STATUS_UNSET)
		return;
	if (!says_something(f, run->program, ir_call_arg(op, (unsigned)m->description)) ||
		tell_has(run, &op->loc))
		return;
	tell(run, f, &op->loc, "description",
		tell_text(run, "a description comes with status %s, which carries none",
			status == STATUS_OK ? "Ok" : "Unset"),
		"only an error status keeps its description: the text is dropped",
		"leave the description out; what is worth knowing on success belongs in an "
		"attribute",
		NULL);
}

void rule_ok_overwritten(struct rule_run *run)
{
	struct span_view v = {.program = run->program};
	while (spans_next(&v)) {
		for (size_t k = 0; k < v.walk->incidents.nr; k++) {
			const struct incident *i = &v.walk->incidents.at[k];
			if (i->kind == INCIDENT_ERROR_AFTER_OK)
				report_error(run, &v, i);
		}
	}
	for (size_t i = 0; i < run->program->funcs.nr; i++) {
		struct func *f = run->program->funcs.at[i];
		if (f->ir->flags & (IR_FUNC_SYSTEM | IR_FUNC_TEMPLATE))
			continue;
		for (uint32_t k = 0; k < f->nr_calls; k++)
			check_description(run, f, &f->calls[k]);
	}
}
