/* span-leak: a path on which a started span is neither ended nor handed to an owner. */
#include "base/str.h"
#include "engine/tell.h"

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

void rule_span_leak(struct rule_run *run)
{
	for (size_t i = 0; i < run->program->funcs.nr; i++) {
		struct func *f = run->program->funcs.at[i];
		for (uint32_t k = 0; k < f->nr_sites; k++)
			if (!f->sites[k].is_automatic && !f->sites[k].is_discarded &&
				f->sites[k].walk->is_complete)
				report(run, f, &f->sites[k]);
	}
}
