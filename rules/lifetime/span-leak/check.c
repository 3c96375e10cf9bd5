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

/* The leak with the shortest path, and how many exits leak in all. */
static const struct walk_exit *first_leak(const struct walk *w, uint32_t *nr, bool *is_ended)
{
	const struct walk_exit *best = NULL;
	*nr = 0;
	*is_ended = false;
	for (size_t i = 0; i < w->exits.nr; i++) {
		const struct walk_exit *e = &w->exits.at[i];
		*is_ended |= e->phase == SPAN_ENDED || e->phase == SPAN_GONE;
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
	story_add_hops(run, &story, f, e, s->op);
	story_add(run, &story, &f->ir->ops[e->op].loc, "%s", exit_text(e));
	const char *title = span_title(s, run->arena);
	const char *message =
		is_ended && nr > 1
			? tell_text(run, "%s is not ended on this path, nor on %u other%s", title,
				  nr - 1, nr == 2 ? "" : "s")
		: is_ended ? tell_text(run, "%s is not ended on this path", title)
			   : tell_text(run, "%s is never ended", title);
	tell(run, f, &start->loc, s->name ? s->name : "", message,
		"a span that is not ended is never exported: the trace loses it, its children hang "
		"in "
		"the air, and its memory is never given back",
		is_ended ? "end it on this path too: one exit label that ends it serves them all"
			 : "end it before the function returns, or hand it to an owner that does",
		&story);
}

void rule_span_leak(struct rule_run *run)
{
	for (size_t i = 0; i < run->program->funcs.nr; i++) {
		struct func *f = run->program->funcs.at[i];
		for (uint32_t k = 0; k < f->nr_sites; k++)
			if (!f->sites[k].is_automatic && f->sites[k].walk->is_complete)
				report(run, f, &f->sites[k]);
	}
}
