/* root-client-span: a CLIENT or PRODUCER span that nothing in the program can be the parent of. */
#include "engine/tell.h"
#include "flow/callers.h"
#include "flow/options.h"

void rule_root_client_span(struct rule_run *run);

/* Anything that may make a context current in which the span then starts. */
static bool makes_current(struct program *p, struct func *f, const struct span_site *own)
{
	for (uint32_t i = 0; i < f->nr_sites; i++)
		if (&f->sites[i] != own && (!own || f->sites[i].op < own->op))
			return true;
	for (uint32_t i = 0; i < f->nr_calls; i++) {
		const struct model_call *m = f->calls[i].model;
		if (!m || (own && f->calls[i].op > own->op && m->effect != EFFECT_LINK))
			continue; /* what comes after the start is about its own span */
		if (m->effect == EFFECT_EXTRACT || m->effect == EFFECT_LINK ||
			m->effect == EFFECT_CURRENT || m->effect == EFFECT_ACTIVATE)
			return true;
	}
	(void)p;
	return false;
}

/* Every way to the function begins in main, and none of it can have a span open. */
static bool is_root(struct program *p, struct func *f, const struct span_site *own, bool *seen)
{
	if (seen[f->number])
		return true;
	seen[f->number] = true;
	if (f->ir->incomplete[0] || makes_current(p, f, own))
		return false;
	const struct callers *c = callers_of(p, f);
	bool is_main = f->ir->flags & IR_FUNC_MAIN;
	if (c->is_address_taken || (!c->all.nr && !is_main) || (f->ir->flags & IR_FUNC_VIRTUAL))
		return false;
	for (size_t i = 0; i < c->all.nr; i++)
		if (!is_root(p, c->all.at[i].func, NULL, seen))
			return false;
	return true;
}

static void check_site(struct rule_run *run, struct func *f, const struct span_site *s)
{
	struct start_options o;
	start_options_of(run->program, f, s, &o);
	if ((o.kind != KIND_CLIENT && o.kind != KIND_PRODUCER) || o.may_have_parent)
		return;
	bool *seen = arena_array(run->scratch, bool, run->program->funcs.nr);
	if (!is_root(run->program, f, s, seen))
		return;
	const char *kind = span_kind_name(o.kind);
	tell(run, f, &f->ir->ops[s->op].loc, s->name ? s->name : "",
		tell_text(run, "%s is of kind %s, and nothing that leads here can be its parent",
			span_title(s, run->arena), kind),
		tell_text(run,
			"each %s makes a trace of its own with a request and no reason: what it "
			"was for, "
			"and what else was done for it, is not in it",
			o.kind == KIND_CLIENT ? "call" : "message"),
		"start a span for the operation that needs it, and make it current before this one "
		"starts",
		NULL);
}

void rule_root_client_span(struct rule_run *run)
{
	for (size_t i = 0; i < run->program->funcs.nr; i++) {
		struct func *f = run->program->funcs.at[i];
		for (uint32_t k = 0; k < f->nr_sites; k++)
			check_site(run, f, &f->sites[k]);
	}
}
