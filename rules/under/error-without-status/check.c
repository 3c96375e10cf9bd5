/* error-without-status: an error leaves a function whose span says nothing of it. */
#include "base/str.h"
#include "engine/tell.h"
#include "flow/attributes.h"
#include "flow/effects.h"
#include "flow/error_words.h"
#include "flow/recorded.h"

void rule_error_without_status(struct rule_run *run);

/* One way out, replayed. Positions are places on the trail. */
struct way {
	struct rule_run *run;
	struct func *func;
	const struct span_site *site;
	const struct walk_exit *exit;
	const struct values *values;
	struct trail trail;
	uint32_t started, ended;   /* of the span */
	uint32_t decided;          /* where it turned out that this is an error */
	const struct func *callee; /* whose error is handed on, or NULL */
};

static const struct ir_op *op_at(const struct way *p, uint32_t position)
{
	return &p->func->ir->ops[p->trail.ops[position]];
}

/* The last call before `position` on whose failure the path turned. */
static uint32_t last_branch(const struct way *p, uint32_t position)
{
	for (uint32_t i = position; i-- > 0;) {
		const struct ir_op *op = op_at(p, i);
		bool is_choice =
			op->kind == IR_SWITCH || op->kind == IR_TRY ||
			(op->kind == IR_BRANCH && p->func->ir->ops[op->args[0]].kind != IR_CONST);
		if (is_choice)
			return i;
	}
	return UINT32_MAX;
}

static ir_value returned(const struct way *p)
{
	const struct ir_op *op = &p->func->ir->ops[p->exit->op];
	return op->nr_args ? op->args[0] : IR_NONE;
}

/* `span->End(); return n < 0 ? -1 : 0;` asks late for what was known since n was there: where the
 * value that the branch at `position` tests was made. */
static uint32_t known_since(const struct way *p, uint32_t position)
{
	const struct ir_op *branch = op_at(p, position);
	if (branch->kind != IR_BRANCH)
		return position;
	const struct ir_op *test = &p->func->ir->ops[p->values->origin[branch->args[0]]];
	if (test->kind != IR_COMPARE || !test->nr_args || test->args[0] == IR_NONE)
		return position;
	uint32_t at;
	ir_value source = trail_source(&p->trail, p->values, test->args[0], position, &at);
	return source == IR_NONE ? position : at;
}

/* A constant is decided on by the branch before it is chosen, a result by its call. */
static bool find_decision(struct way *p)
{
	if (p->exit->kind == EXIT_THROW) {
		/* destructors run before the throw leaves: what it is decided by comes earlier */
		uint32_t turn = last_branch(p, p->trail.nr);
		p->decided = turn != UINT32_MAX && turn > p->started ? turn : p->started + 1;
		return true;
	}
	uint32_t at;
	ir_value source = trail_source(&p->trail, p->values, returned(p), p->trail.nr, &at);
	if (source == IR_NONE)
		return false;
	p->decided = at;
	if (p->func->ir->ops[source].kind == IR_CALL) {
		p->callee = func_call(p->func, source)->callee;
		return true;
	}
	uint32_t branch = last_branch(p, at);
	if (branch != UINT32_MAX && branch > p->started)
		p->decided = branch > p->ended ? known_since(p, branch) : branch;
	return true;
}

/* A result that is returned as it came, by nobody looked at: is a failure possible? */
static bool hands_on(struct way *p)
{
	uint32_t at;
	ir_value source = trail_source(&p->trail, p->values, returned(p), p->trail.nr, &at);
	if (source == IR_NONE || p->func->ir->ops[source].kind != IR_CALL)
		return false;
	const struct call *call = func_call(p->func, source);
	if (!call->callee || call->model)
		return false;
	const struct error_convention *callee = errors_of(p->run->program, call->callee);
	if (!callee->is_sure || !callee->may_fail || callee->nr_handled)
		return false;
	for (uint32_t i = at + 1; i < p->trail.nr; i++) {
		const struct ir_op *op = op_at(p, i);
		if (op->kind == IR_BRANCH || op->kind == IR_SWITCH)
			return false; /* perhaps somebody does look */
	}
	p->callee = call->callee;
	p->decided = at;
	return true;
}

/* `errno == EAGAIN` was true on the way: no failure, but "come again". */
static bool is_retry(const struct way *p)
{
	for (uint32_t i = 0; i < p->exit->nr_hops; i++) {
		const struct hop *hop = &p->exit->hops[i];
		const struct ir_op *op = &p->func->ir->ops[hop->op];
		if (op->kind != IR_BRANCH || hop->succ != 0)
			continue;
		const struct ir_op *test = &p->func->ir->ops[p->values->origin[op->args[0]]];
		if (test->kind != IR_COMPARE || test->nr_args != 2 || !str_eq(test->sym, "=="))
			continue;
		for (uint32_t k = 0; k < 2; k++) {
			const struct ir_op *c = &p->func->ir->ops[p->values->origin[test->args[k]]];
			if (c->kind == IR_CONST && (c->flags & IR_IN_MACRO) &&
				errno_is_retry(c->sym))
				return true;
		}
	}
	return false;
}

/* The span is, or may be, the current one while the path runs. */
static bool may_be_current(const struct way *p)
{
	const struct model_call *m = p->site->call->model;
	if (!m || (m->flags & MODEL_ACTIVATES))
		return true;
	for (uint32_t i = 0; i < p->func->nr_calls; i++) {
		m = p->func->calls[i].model;
		if (m && (m->effect == EFFECT_ACTIVATE || (m->flags & MODEL_ACTIVATES)))
			return true;
	}
	return false;
}

/* The call is for a span that was started elsewhere in this function. */
static bool is_for_another(const struct way *p, uint32_t position)
{
	const struct model_call *m = func_call(p->func, p->trail.ops[position])->model;
	if (m->span < 0)
		return false;
	uint32_t at;
	ir_value handle = ir_call_arg(op_at(p, position), (unsigned)m->span);
	ir_value source = trail_source(&p->trail, p->values, handle, position, &at);
	return source != IR_NONE && source != p->site->op && func_call(p->func, source) &&
	       call_starts_span(p->run->program, p->func, func_call(p->func, source));
}

/* Somebody between the start and the exit recorded the error, or may have: on this span, or on the
 * current one, which this may be. An end or a status that depends on a value counts as well. */
static bool is_recorded(const struct way *p)
{
	bool may_current = may_be_current(p);
	for (uint32_t i = p->started; i < p->trail.nr; i++) {
		if (op_at(p, i)->kind != IR_CALL)
			continue;
		uint32_t op = p->trail.ops[i];
		if (recorded_by(p->run->program, p->func, op) != RECORDED_NOTHING &&
			!is_for_another(p, i))
			return true;
		bool is_after =
			i > p->decided || (i == p->decided && func_call(p->func, op)->callee);
		if (may_current && is_after && records_on_current(p->run->program, p->func, op))
			return true;
	}
	return false;
}

static bool find_ends(struct way *p)
{
	p->started = trail_position(&p->trail, p->site->op, p->trail.nr);
	if (p->started == UINT32_MAX)
		return false;
	p->ended = p->exit->ended_at == IR_NONE
			   ? p->trail.nr
			   : trail_position(&p->trail, p->exit->ended_at, p->trail.nr);
	return p->ended != UINT32_MAX;
}

static bool is_silent_error(struct rule_run *run, struct func *f, const struct span_site *s,
	const struct walk_exit *e, struct way *p)
{
	*p = (struct way){
		.run = run, .func = f, .site = s, .exit = e, .values = values_of(run->program, f)};
	if (e->phase != SPAN_ENDED || (e->flags & (STATE_ERROR_STATUS | STATE_MAYBE_ERROR)) ||
		keys_has_unknown(s->walk, e->keys))
		return false;
	if (e->kind != EXIT_THROW && e->kind != EXIT_RETURN)
		return false;
	if (!trail_of(run->program, f, e, &p->trail) || !find_ends(p))
		return false;
	if (e->outcome == OUTCOME_FAILURE ? !find_decision(p)
					  : e->outcome != OUTCOME_UNKNOWN || !hands_on(p))
		return false;
	/* `rc = session_begin(&session, &span)` starts the span and says how it went */
	bool is_at_once = p->decided == p->started && !s->call->model;
	if ((p->decided <= p->started && !is_at_once) || p->decided >= p->ended)
		return false;
	return !is_retry(p) && !is_recorded(p);
}

static void report(const struct way *p, uint32_t nr)
{
	struct rule_run *run = p->run;
	const struct func *f = p->func;
	const struct ir_op *exit = &f->ir->ops[p->exit->op];
	const char *title = span_title(p->site, run->arena);
	struct story story = {0};
	story_add(run, &story, &f->ir->ops[p->site->op].loc, "span starts here");
	if (p->callee)
		story_add(run, &story, &op_at(p, p->decided)->loc, "%s() may fail",
			ir_simple_name(p->callee->ir->name));
	story_add_hops(
		run, &story, p->func, p->exit, p->callee ? p->trail.ops[p->decided] : p->site->op);
	story_add(run, &story, &exit->loc, "%s, not recorded on the span",
		p->exit->kind == EXIT_THROW ? "an exception leaves" : "the error is returned");
	const char *more =
		nr > 1 ? tell_text(run, ", nor on %u other path%s", nr - 1, nr == 2 ? "" : "s")
		       : "";
	tell(run, f, &exit->loc, p->site->name ? p->site->name : "",
		tell_text(run, "%s does not record the error that leaves %s() here%s", title,
			ir_simple_name(f->ir->name), more),
		"the trace shows the operation as fine: error rates, searches for errors and "
		"sampling that "
		"keeps failed traces all pass it by",
		"set an error status on the span before it ends, with what went wrong as "
		"error.type; where "
		"the result is an answer and no failure, say so with OTEL_HANDLED_ERROR",
		&story);
}

static void check_site(struct rule_run *run, struct func *f, const struct span_site *s)
{
	struct way best = {0}, path;
	uint32_t nr = 0;
	for (size_t i = 0; i < s->walk->exits.nr; i++) {
		const struct walk_exit *e = &s->walk->exits.at[i];
		if (!is_silent_error(run, f, s, e, &path))
			continue;
		nr++;
		if (nr == 1 || e->nr_hops < best.exit->nr_hops)
			best = path;
	}
	if (nr)
		report(&best, nr);
}

void rule_error_without_status(struct rule_run *run)
{
	for (size_t i = 0; i < run->program->funcs.nr; i++) {
		struct func *f = run->program->funcs.at[i];
		for (uint32_t k = 0; k < f->nr_sites; k++)
			if (f->sites[k].walk->is_complete)
				check_site(run, f, &f->sites[k]);
	}
}
