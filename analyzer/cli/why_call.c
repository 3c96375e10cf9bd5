/* `otel-tidy why`: the calls on a line. */
#include "cli/why.h"
#include "flow/attributes.h"
#include "flow/classes.h"
#include "flow/cost.h"
#include "flow/places.h"
#include "flow/spans.h"
#include "flow/summary.h"
#include "model/model.h"

static const char *const fates[] = {
	[FATE_UNKNOWN] = "kept, passed on or not understood: handed over",
	[FATE_USED] = "comes back as it went",
	[FATE_ENDED] = "ended on every path that returns",
};

static void add_keys(const struct why *w, const struct func *f, const struct key_set *keys)
{
	for (size_t i = 0; i < keys->nr; i++) {
		const char *key = keys->at[i];
		bool is_param = key_is_param(key);
		strbuf_addf(w->out, "%s%s%s", i ? ", " : "; sets ", is_param ? "the key in " : "",
			is_param ? f->ir->vars[key_param(key)].name : key);
	}
	if (keys->has_unknown)
		strbuf_add(w->out, "; sets keys that cannot be named");
}

/* What the callee does to a span that it is given, returned, or that is current. */
static void add_summaries(const struct why *w, struct func *callee)
{
	for (uint32_t k = 0; k < callee->ir->nr_params; k++) {
		const struct ir_var *param = &callee->ir->vars[k];
		const struct model_type *t = models_type(w->program->models, param->type);
		if (!t || t->role != ROLE_SPAN)
			continue;
		const struct param_summary *sum = summary_param(w->program, callee, k);
		strbuf_addf(w->out, "    span in \"%s\": %s", param->name, fates[sum->fate]);
		add_keys(w, callee, &sum->keys);
		strbuf_addf(w->out, "%s\n", sum->may_set_error ? "; may record an error" : "");
	}
	uint32_t nr_places;
	const struct place_site *places = places_of(w->program, callee, &nr_places);
	for (uint32_t i = 0; i < nr_places; i++) {
		const struct path *path = &callee->values->paths.at[places[i].path];
		const struct param_summary *sum = summary_place(w->program, callee,
			path_root_var(callee->values, places[i].path),
			path->kind == PATH_FIELD ? path->sym : NULL);
		strbuf_addf(w->out, "    span in \"%s\": %s",
			path_text(callee->values, places[i].path, w->arena), fates[sum->fate]);
		add_keys(w, callee, &sum->keys);
		strbuf_addf(w->out, "%s%s\n", sum->may_set_error ? "; may record an error" : "",
			sum->clears ? "; leaves NULL" : "");
	}
	const struct out_summary *out = summary_out(w->program, callee);
	if (out->is_span) {
		const char *param = callee->ir->vars[out->param].name;
		strbuf_addf(w->out, "    starts a span that its caller owns, and puts it into %s",
			out->field ? arena_printf(
					     w->arena, "%s->%s", param, ir_simple_name(out->field))
				   : arena_printf(w->arena, "*%s", param));
		add_keys(w, callee, &out->keys);
		strbuf_addc(w->out, '\n');
	}
	const struct return_summary *ret = summary_return(w->program, callee);
	if (ret->is_span) {
		strbuf_addf(w->out, "    returns a span that its caller owns%s",
			ret->may_fail ? ", or NULL" : "");
		if (classes_has(w->program, callee->ir->ret))
			strbuf_addf(
				w->out, ", in an object that stands for it: %s", callee->ir->ret);
		add_keys(w, callee, &ret->keys);
		strbuf_addc(w->out, '\n');
	}
	const struct key_set *current = summary_current(w->program, callee);
	if (current->nr || current->has_unknown) {
		strbuf_add(w->out, "    on the current span");
		add_keys(w, callee, current);
		strbuf_addc(w->out, '\n');
	}
}

static void add_callee(const struct why *w, struct func *callee)
{
	const struct cost *c = callee->cost;
	strbuf_addf(w->out, ": defined at %s\n", why_place(w, &callee->ir->loc));
	if (c->unknown[0])
		strbuf_addf(w->out, "    cost unknown: it %s\n", c->unknown);
	else
		strbuf_addf(w->out, "    cost: %s%s%s%s\n", model_cost_name(c->worst),
			c->worst_call[0] ? " (" : "", c->worst_call, c->worst_call[0] ? ")" : "");
	if (callee->ir->incomplete[0])
		strbuf_addf(w->out, "    incomplete: %s\n", callee->ir->incomplete);
	add_summaries(w, callee);
}

static const char *call_name(const struct ir_op *op)
{
	return op->sym[0] ? op->sym : "(through a pointer)";
}

static const struct span_site *site_at(const struct func *f, uint32_t op)
{
	for (uint32_t i = 0; i < f->nr_sites; i++)
		if (f->sites[i].op == op)
			return &f->sites[i];
	return NULL;
}

static void add_call(const struct why *w, const struct call *c)
{
	const struct ir_op *op = &w->func->ir->ops[c->op];
	strbuf_addf(w->out, "  calls %s", call_name(op));
	const struct func *starter = class_starter(w->program, w->func, c);
	const struct span_class *of = starter ? starter->span_class : NULL;
	if (of)
		strbuf_addf(w->out, ", of class %s, which stands for a span", of->name);
	if (of && c->model) {
		strbuf_addf(w->out, ": it says \"%s\"; defined at %s\n",
			model_effect_name(c->model->effect), why_place(w, &starter->ir->loc));
	} else if (c->model) {
		strbuf_addf(w->out, ": model %s says \"%s\"", c->model->model,
			model_effect_name(c->model->effect));
		strbuf_addf(w->out, " (it matches \"%s\")\n", c->model->match);
	} else if (c->callee) {
		add_callee(w, c->callee);
	} else if (c->io->cost != COST_UNKNOWN) {
		strbuf_addf(w->out, ": model %s says it costs \"%s\"%s (it matches \"%s\")\n",
			c->io->model, model_cost_name(c->io->cost),
			c->io->is_outgoing_request ? ", and is a request that leaves" : "",
			c->io->match);
	} else {
		strbuf_addf(w->out, ": %s; no body in the program, and no model knows it\n",
			op->flags & IR_CALL_VIRTUAL    ? "chosen at run time"
			: op->flags & IR_CALL_INDIRECT ? "through a pointer"
						       : "unknown");
	}
}

void why_calls(const struct why *w)
{
	bool is_first = true;
	for (uint32_t i = 0; i < w->func->nr_calls; i++) {
		const struct call *c = &w->func->calls[i];
		const struct ir_op *op = &w->func->ir->ops[c->op];
		if (op->loc.line != w->line || op->loc.file != w->func->ir->loc.file)
			continue;
		if (is_first)
			strbuf_addf(w->out, "\nLine %u\n", w->line);
		is_first = false;
		add_call(w, c);
	}
	for (uint32_t i = 0; i < w->func->nr_calls; i++) {
		const struct call *c = &w->func->calls[i];
		const struct span_site *s = site_at(w->func, c->op);
		if (s && w->func->ir->ops[c->op].loc.line == w->line)
			why_span(w, s);
	}
}
