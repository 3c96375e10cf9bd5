/* double-end: a span is ended a second time on one path. */
#include "base/str.h"
#include "engine/tell.h"
#include "flow/values.h"

void rule_double_end(struct rule_run *run);

static const char why_freed[] =
	"the first end has given the handle back: what the second one ends is "
	"freed memory, or a span that is not yours";
static const char why_ignored[] =
	"the second end is ignored: the span keeps the first time, and what "
	"happens in between is not in it";
static const char fix[] = "keep the end that every path passes, and remove the other one";

static void report(struct rule_run *run, const struct span_view *v, const struct incident *i)
{
	const struct ir_func *ir = v->func->ir;
	const struct ir_op *again = &ir->ops[i->op];
	if (tell_has(run, &again->loc))
		return;
	struct story story = {0};
	story_add(run, &story, span_view_loc(v), v->site ? "started here" : "handed in here");
	if (i->since != IR_NONE)
		story_add(run, &story, &ir->ops[i->since].loc, "ended here");
	story_add_path(run, &story, v->func, i->hops, i->nr_hops, i->since);
	story_add(run, &story, &again->loc,
		(again->flags & IR_CALL_CLEANUP) ? "ended again when its variable goes out of scope"
						 : "ended again here");
	tell(run, v->func, &again->loc, v->site && v->site->name ? v->site->name : "",
		tell_text(run, "%s is ended twice", span_view_title(v, run->arena)),
		i->is_released ? why_freed : why_ignored, fix, &story);
}

/* Where the handle of an end is kept, or NO_PATH. */
static uint32_t handle_place(const struct values *v, const struct model_call *m, ir_value handle)
{
	if (handle == IR_NONE)
		return NO_PATH;
	uint32_t path = v->address[handle];
	if (!(m->flags & MODEL_BY_ADDRESS)) {
		ir_value origin = v->origin[handle];
		path = v->content[origin] != NO_PATH ? v->content[origin] : v->address[origin];
	}
	return path == NO_PATH || path_is_element(v, path) ? NO_PATH : path;
}

/* Another span may be in this place afterwards: it is written to, or code runs that we do not
 * see. */
static bool may_replace(const struct func *f, const struct values *v, uint32_t op, uint32_t path)
{
	const struct ir_op *o = &f->ir->ops[op];
	if (o->kind == IR_UNKNOWN)
		return true;
	if (o->kind == IR_STORE)
		return o->args[0] == IR_NONE || v->address[o->args[0]] == NO_PATH ||
		       path_is_within(v, path, v->address[o->args[0]]);
	if (o->kind != IR_CALL || (o->flags & (IR_CALL_PURE | IR_CALL_BUILTIN)))
		return false;
	const struct call *call = func_call(f, op);
	enum model_effect effect = call->model ? call->model->effect : EFFECT_TELEMETRY;
	return !call->model || effect == EFFECT_SWAP || effect == EFFECT_START;
}

/* A span that lives in a structure is followed by nobody. Two ends of it with nothing in between
 * are plain all the same. */
static void check_straight(struct rule_run *run, struct func *f, const struct ir_block *b)
{
	const struct values *v = values_of(run->program, f);
	uint32_t ended = IR_NONE, place = NO_PATH;
	for (uint32_t i = b->first; i < b->first + b->nr_ops; i++) {
		const struct ir_op *op = &f->ir->ops[i];
		const struct model_call *m = op->kind == IR_CALL ? func_call(f, i)->model : NULL;
		if (!m || m->effect != EFFECT_END || m->span < 0) {
			if (place != NO_PATH && may_replace(f, v, i, place))
				place = NO_PATH;
			continue;
		}
		uint32_t path = handle_place(v, m, ir_call_arg(op, (unsigned)m->span));
		bool is_known = path == NO_PATH || v->paths.at[path].kind == PATH_VAR;
		if (path == place && path != NO_PATH && !is_known && !tell_has(run, &op->loc)) {
			struct story story = {0};
			story_add(run, &story, &f->ir->ops[ended].loc, "ended here");
			story_add(run, &story, &op->loc, "ended again here");
			tell(run, f, &op->loc, "", "the span is ended twice",
				m->flags & MODEL_RELEASES ? why_freed : why_ignored, fix, &story);
		}
		/* what leaves the handle NULL, to an end that takes NULL, leaves nothing to end */
		bool is_gone = (m->flags & MODEL_NULLS) && (m->flags & MODEL_NULL_OK);
		place = is_gone ? NO_PATH : path;
		ended = i;
	}
}

void rule_double_end(struct rule_run *run)
{
	struct span_view v = {.program = run->program};
	while (spans_next(&v)) {
		for (size_t k = 0; k < v.walk->incidents.nr; k++) {
			const struct incident *i = &v.walk->incidents.at[k];
			/* between two ends with branches in between, the branches may exclude each
			 * other in a way that we cannot see */
			if (i->kind == INCIDENT_END_AGAIN && (i->is_certain || i->is_straight))
				report(run, &v, i);
		}
	}
	for (size_t i = 0; i < run->program->funcs.nr; i++) {
		struct func *f = run->program->funcs.at[i];
		if (f->ir->flags & (IR_FUNC_SYSTEM | IR_FUNC_TEMPLATE))
			continue;
		for (uint32_t b = 0; b < f->ir->nr_blocks; b++)
			check_straight(run, f, &f->ir->blocks[b]);
	}
}
