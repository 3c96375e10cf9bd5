/* ok-on-failure: status Ok is set on a path that returns failure. */
#include "base/str.h"
#include "engine/tell.h"

void rule_ok_on_failure(struct rule_run *run);

/* NULL and false are answers as often as failures: "not found" may well be Ok. */
static bool is_failure(struct rule_run *run, struct func *f, const struct walk_exit *e)
{
	if (e->kind == EXIT_THROW)
		return true;
	if (e->kind != EXIT_RETURN || !outcome_is_failure(e->outcome))
		return false;
	enum error_kind kind = errors_of(run->program, f)->kind;
	if (kind == ERROR_BY_NULL || kind == ERROR_BY_FALSE)
		return e->flags & STATE_ERROR_STATUS; /* the path itself calls it an error */
	return e->outcome == OUTCOME_FAILURE || e->result == SIGN_NEG ||
	       (f->ir->flags & IR_FUNC_MAIN);
}

static const struct walk_exit *find_path(struct rule_run *run, struct func *f, const struct walk *w)
{
	const struct walk_exit *best = NULL;
	for (size_t i = 0; i < w->exits.nr; i++) {
		const struct walk_exit *e = &w->exits.at[i];
		if (!(e->flags & STATE_OK_STATUS) || e->ok_at == IR_NONE || !is_failure(run, f, e))
			continue;
		if (!best || e->nr_hops < best->nr_hops)
			best = e;
	}
	return best;
}

static void report(struct rule_run *run, const struct span_view *v, const struct walk_exit *e)
{
	const struct ir_func *ir = v->func->ir;
	const struct ir_op *ok = &ir->ops[e->ok_at];
	if (tell_has(run, &ok->loc))
		return;
	struct story story = {0};
	story_add(run, &story, span_view_loc(v), v->site ? "started here" : "handed in here");
	story_add_hops(run, &story, v->func, e, v->site ? v->site->op : IR_NONE);
	story_add(run, &story, &ok->loc, "said to be Ok here");
	story_add(run, &story, &ir->ops[e->op].loc,
		e->kind == EXIT_THROW ? "leaves with an exception" : "returns failure");
	tell(run, v->func, &ok->loc, v->site && v->site->name ? v->site->name : "",
		tell_text(run, "%s is said to be Ok on a path that fails",
			span_view_title(v, run->arena)),
		"Ok is final and hides the failure: error rates do not count it, and tail sampling "
		"throws the trace away as a good one",
		"set the status where the outcome is known: an error where it fails, nothing on "
		"success",
		&story);
}

void rule_ok_on_failure(struct rule_run *run)
{
	struct span_view v = {.program = run->program};
	while (spans_next(&v)) {
		const struct walk_exit *e = find_path(run, v.func, v.walk);
		if (e)
			report(run, &v, e);
	}
}
