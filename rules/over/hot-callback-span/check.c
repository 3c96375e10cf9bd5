/* hot-callback-span: a span in a comparator, a hash, an allocator hook, a signal handler. */
#include "engine/tell.h"
#include "flow/callbacks.h"
#include "flow/verdict.h"

#include <string.h>

void rule_hot_callback_span(struct rule_run *run);

#define WHY_OFTEN                                                                                  \
	"it is called for every comparison, key or block of memory: the trace is full of it, and " \
	"the "                                                                                     \
	"work it is part of takes many times as long"
#define WHY_SIGNAL                                                                                 \
	"a signal may come while the tracing library holds its lock or malloc does: the process "  \
	"then "                                                                                    \
	"hangs or breaks, and signal-safety(7) allows neither there"
#define FIX_OFTEN                                                                                  \
	"remove the span; start one around the sort, the look-up or the request that it is part "  \
	"of"
#define FIX_SIGNAL "set a flag of type volatile sig_atomic_t, and start the span where it is read"

static void add_where(struct rule_run *run, struct story *story, const struct callback *c)
{
	if (!c->where)
		return;
	const struct ir_op *op = &c->where->ir->ops[c->op];
	story_add(run, story, &op->loc, "%s is handed over as %s here",
		ir_simple_name(c->func->ir->name), callback_name(c->model->kind));
}

static void report(struct rule_run *run, const struct callback *c, const struct ir_loc *loc,
	const struct span_site *s, const char *message, struct story *story)
{
	bool is_signal = c->model->kind == CALLBACK_SIGNAL;
	add_where(run, story, c);
	tell(run, c->func, loc, s->name ? s->name : "", message, is_signal ? WHY_SIGNAL : WHY_OFTEN,
		is_signal ? FIX_SIGNAL : FIX_OFTEN, story);
}

static void report_own(struct rule_run *run, struct func *f, const struct span_site *s)
{
	const struct callback *c = s->verdict->callback;
	struct story story = {0};
	report(run, c, &f->ir->ops[s->op].loc, s,
		tell_text(run, "%s is started in %s, %s", span_title(s, run->arena),
			ir_simple_name(f->ir->name), callback_name(c->model->kind)),
		&story);
}

struct search {
	bool *seen; /* per function */
	const struct span_site *site;
	const struct func *owner;
};

/* The first span that somebody down there starts. */
static bool reaches(struct search *s, const struct func *f)
{
	if (s->seen[f->number])
		return false;
	s->seen[f->number] = true;
	if (f->nr_sites) {
		s->site = &f->sites[0];
		s->owner = f;
		return true;
	}
	for (uint32_t i = 0; i < f->nr_calls; i++)
		if (f->calls[i].callee && reaches(s, f->calls[i].callee))
			return true;
	return false;
}

/* A callback without a span of its own that calls what has one. Short functions are reported where
 * their span is, but in a signal handler every span is one too many. */
static void look_below(struct rule_run *run, const struct callback *c)
{
	const struct func *f = c->func;
	struct search s = {.seen = arena_array(run->scratch, bool, run->program->funcs.nr)};
	s.seen[f->number] = true;
	for (uint32_t i = 0; i < f->nr_calls; i++) {
		if (!f->calls[i].callee || !reaches(&s, f->calls[i].callee))
			continue;
		if (c->model->kind != CALLBACK_SIGNAL && worth_is_too_much(s.site->verdict->worth))
			return;
		struct story story = {0};
		story_add(run, &story, &s.owner->ir->ops[s.site->op].loc, "%s is started here",
			span_title(s.site, run->arena));
		report(run, c, &f->ir->ops[f->calls[i].op].loc, s.site,
			tell_text(run, "%s, %s, calls %s, which starts %s",
				ir_simple_name(f->ir->name), callback_name(c->model->kind),
				ir_simple_name(f->calls[i].callee->ir->name),
				f->calls[i].callee == s.owner ? span_title(s.site, run->arena)
							      : "a span further down"),
			&story);
		return;
	}
}

void rule_hot_callback_span(struct rule_run *run)
{
	struct program *p = run->program;
	for (size_t i = 0; i < p->funcs.nr; i++) {
		struct func *f = p->funcs.at[i];
		for (uint32_t k = 0; k < f->nr_sites; k++)
			if (f->sites[k].verdict->worth == WORTH_CALLBACK)
				report_own(run, f, &f->sites[k]);
		const struct callback *c = callback_hot(p, f);
		if (c && !f->nr_sites && !f->critical && !f->is_not_trivial)
			look_below(run, c);
	}
}
