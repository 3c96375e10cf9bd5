/* `otel-tidy why`: what is known of a function as a whole. */
#include "cli/why.h"
#include "flow/attributes.h"
#include "flow/cost.h"
#include "flow/errors.h"
#include "flow/shape.h"
#include "flow/spans.h"
#include "project/config.h"

static void add_cost(const struct why *w)
{
	const struct cost *c = w->func->cost;
	if (c->unknown[0])
		strbuf_addf(w->out, "  cost: unknown, because it %s\n", c->unknown);
	else
		strbuf_addf(w->out,
			"  cost: %u lines of work, %u with what it calls%s; dearest: %s%s%s\n",
			c->stmts, c->total, c->has_loop ? ", in loops" : "",
			model_cost_name(c->worst), c->worst_call[0] ? ", through " : "",
			c->worst_call);
	strbuf_addf(w->out, "  shape: %s; by what it does it %s a span\n",
		shape_name(shape_of(w->program, w->func)),
		shape_deserves_span(w->func) ? "deserves"
		: c->unknown[0]              ? "may deserve"
					     : "does not deserve");
}

static void add_errors(const struct why *w)
{
	const struct error_convention *c = errors_of(w->program, w->func);
	if (c->kind == ERROR_BY_NOTHING)
		strbuf_add(w->out, "  errors: it is not known how it says failure, if it can\n");
	else
		strbuf_addf(w->out, "  errors: says failure by %s%s\n", error_kind_text(c->kind),
			c->is_sure ? "" : ", perhaps: the evidence is too thin to report by it");
	for (uint32_t i = 0; i < c->nr_evidence; i++)
		strbuf_addf(w->out, "    %s: %s\n", why_place(w, &c->evidence[i].loc),
			c->evidence[i].text);
	for (uint32_t i = 0; i < c->nr_handled; i++)
		strbuf_addf(w->out, "    %s is an answer, by OTEL_HANDLED_ERROR%s\n", c->handled[i],
			c->handled_exact[i] ? "" : "; its value is not known");
}

static void add_group(const struct why *w, const struct walk *walk, const struct key_group *g)
{
	uint32_t with = 0, without = 0;
	for (size_t i = 0; i < walk->exits.nr; i++) {
		const struct walk_exit *e = &walk->exits.at[i];
		if (e->kind != EXIT_RETURN || outcome_is_failure(e->outcome))
			continue;
		bool has = keys_has_unknown(walk, e->keys);
		for (size_t k = 0; k < g->nr_keys; k++) {
			int bit = walk_key(walk, g->keys[k]);
			has |= bit >= 0 && ((e->keys >> bit) & 1);
		}
		*(has ? &with : &without) += 1;
	}
	strbuf_addf(w->out, "    %s%s: on %u of %u kinds of normal exit\n", g->text,
		g->is_optional ? " (not required)" : "", with, with + without);
}

static void add_critical(const struct why *w)
{
	const struct critical *c = w->func->critical;
	if (!c)
		return;
	struct walk_query query = {
		.subject = c->path.on_current ? WALK_CURRENT : WALK_FIRST, .op = IR_NONE};
	const struct walk *walk = walk_func(w->program, w->func, &query);
	strbuf_addf(w->out, "  critical path \"%s\"%s\n", c->path.name,
		c->path.on_current ? ", on the span that is current" : "");
	for (size_t i = 0; i < c->path.nr_groups; i++)
		add_group(w, walk, &c->path.groups[i]);
}

void why_function(const struct why *w)
{
	strbuf_add(w->out, "\nFunction\n");
	if (w->func->ir->incomplete[0])
		strbuf_addf(w->out, "  incomplete, so that no rule judges its paths: %s\n",
			w->func->ir->incomplete);
	add_cost(w);
	add_errors(w);
	add_critical(w);
	for (uint32_t i = 0; i < w->func->nr_sites; i++)
		if (w->func->ir->ops[w->func->sites[i].op].loc.line != w->line)
			why_span(w, &w->func->sites[i]);
	if (!w->func->nr_sites)
		strbuf_add(w->out, "  starts no span\n");
}
