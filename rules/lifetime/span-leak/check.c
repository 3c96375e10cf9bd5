/* span-leak: a path on which a started span is neither ended nor handed to an owner. */
#include "base/str.h"
#include "engine/tell.h"
#include "flow/kept.h"
#include "flow/summary.h"

void rule_span_leak(struct rule_run *run);

static bool leaks(const struct walk_exit *e)
{
	if (e->kind == EXIT_LOST || e->kind == EXIT_RESTART)
		return true;
	return (e->kind == EXIT_RETURN || e->kind == EXIT_THROW) && e->phase == SPAN_OPEN;
}

/* The leak with the shortest path, and how many exits leak in all. What becomes of a handle after
 * its span was lost is no end of the span. */
static const struct walk_exit *first_leak(const struct walk *w, uint32_t *nr, bool *is_ended)
{
	const struct walk_exit *best = NULL;
	bool is_lost = false;
	*nr = 0;
	*is_ended = false;
	for (size_t i = 0; i < w->exits.nr; i++)
		is_lost |= w->exits.at[i].kind == EXIT_LOST;
	for (size_t i = 0; i < w->exits.nr; i++) {
		const struct walk_exit *e = &w->exits.at[i];
		*is_ended |= e->phase == SPAN_ENDED || (e->phase == SPAN_GONE && !is_lost);
		if (!leaks(e))
			continue;
		++*nr;
		if (!best || e->nr_hops < best->nr_hops)
			best = e;
	}
	return best;
}

static const char *exit_text(const struct walk_exit *e)
{
	switch (e->kind) {
	case EXIT_LOST:
		return "the last handle on it is overwritten here";
	case EXIT_RESTART:
		return "and started again before it was ended";
	case EXIT_THROW:
		return "leaves with an exception, the span still open";
	default:
		return "leaves with the span still open";
	}
}

static const char *message_text(struct rule_run *run, const struct span_site *s,
	const struct walk_exit *e, uint32_t nr, bool is_ended)
{
	const char *title = span_title(s, run->arena);
	if (e->kind == EXIT_LOST)
		return tell_text(run, "%s is lost: its last handle is overwritten", title);
	if (e->kind == EXIT_RESTART)
		return tell_text(run, "%s is started again before it was ended", title);
	if (!is_ended)
		return tell_text(run, "%s is never ended", title);
	if (nr == 1)
		return tell_text(run, "%s is not ended on this path", title);
	return tell_text(run, "%s is not ended on this path, nor on %u other%s", title, nr - 1,
		nr == 2 ? "" : "s");
}

static const char *fix_text(const struct walk_exit *e, bool is_ended)
{
	if (e->kind == EXIT_LOST)
		return "end it before its handle holds something else";
	if (e->kind == EXIT_RESTART)
		return "end it in every round, before `continue` too";
	if (is_ended)
		return "end it on this path too: one exit label that ends it serves them all";
	return "end it before the function returns, or hand it to an owner that does";
}

static void report(struct rule_run *run, struct func *f, const struct span_site *s)
{
	uint32_t nr;
	bool is_ended;
	const struct walk_exit *e = first_leak(s->walk, &nr, &is_ended);
	if (!e)
		return;
	const struct ir_op *start = &f->ir->ops[s->op];
	struct story story = {0};
	story_add(run, &story, &start->loc, "started here");
	if (is_ended)
		story_add_hops(run, &story, f, e, s->op);
	story_add(run, &story, &f->ir->ops[e->op].loc, "%s", exit_text(e));
	tell(run, f, &start->loc, s->name ? s->name : "", message_text(run, s, e, nr, is_ended),
		"a span that is not ended is never exported: the trace loses it, its children hang "
		"in "
		"the air, and its memory is never given back",
		fix_text(e, is_ended), &story);
}

/* `op_start(&op)` whose span nobody ends at all: told once, where op_start puts it. */
static bool is_never_ended(struct rule_run *run, const struct span_site *s)
{
	if (s->call->model || !s->call->callee || !run->program->is_whole)
		return false;
	const struct out_summary *out = summary_out(run->program, s->call->callee);
	return out->is_span && out->field && !kept_field(run->program, out->field)->may_end;
}

/* The span goes into a field of a record, and the whole program never ends what is there. */
static void check_kept(struct rule_run *run, struct func *f, const struct span_site *s)
{
	uint32_t stored;
	const char *field = kept_where(run->program, f, s, &stored);
	if (!field || !run->program->is_whole)
		return;
	const struct kept_field *kept = kept_field(run->program, field);
	if (kept->may_end)
		return;
	const struct ir_op *start = &f->ir->ops[s->op];
	struct story story = {0};
	story_add(run, &story, &start->loc, "started here");
	story_add(run, &story, &f->ir->ops[stored].loc, "kept in %s", field);
	for (size_t i = 0; i < kept->uses.nr && i < 2; i++)
		story_add(run, &story, &kept->uses.at[i].func->ir->ops[kept->uses.at[i].op].loc,
			"used, and not ended, here");
	tell(run, f, &start->loc, s->name ? s->name : "",
		tell_text(run, "%s is kept in %s, and nothing in the program ends what is there",
			span_title(s, run->arena), field),
		"a span that is not ended is never exported: the trace loses it, its children hang "
		"in "
		"the air, and its memory is never given back",
		"end it where the record is done with", &story);
}

void rule_span_leak(struct rule_run *run)
{
	for (size_t i = 0; i < run->program->funcs.nr; i++) {
		struct func *f = run->program->funcs.at[i];
		for (uint32_t k = 0; k < f->nr_sites; k++)
			if (!f->sites[k].is_automatic && !f->sites[k].is_discarded &&
				f->sites[k].walk->is_complete) {
				if (!is_never_ended(run, &f->sites[k]))
					report(run, f, &f->sites[k]);
				check_kept(run, f, &f->sites[k]);
			}
	}
}
