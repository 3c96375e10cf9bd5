/* Finds span sites and follows each. */
#include "flow/spans.h"

#include "base/str.h"
#include "flow/classes.h"
#include "flow/effects.h"
#include "flow/options.h"
#include "flow/places.h"
#include "flow/strings.h"
#include "flow/summary.h"

#include <string.h>

static bool is_internal(struct program *p, struct func *f, const struct span_site *s)
{
	struct start_options options;
	start_options_of(p, f, s, &options);
	if (options.kind != KIND_UNKNOWN)
		return options.kind == KIND_INTERNAL;
	/* where it cannot be read, a function that mentions another kind is taken to mean it */
	const struct func *callee = class_starter(p, f, s->call);
	callee = callee ? callee : s->call->callee;
	return !options_mention_kind(f->ir) && !(callee && options_mention_kind(callee->ir));
}

static bool is_local(const struct walk *w)
{
	bool returns = false;
	for (size_t i = 0; i < w->exits.nr; i++) {
		const struct walk_exit *e = &w->exits.at[i];
		if (e->kind != EXIT_RETURN || e->phase == SPAN_BEFORE || e->phase == SPAN_FAILED)
			continue;
		if (e->phase != SPAN_ENDED)
			return false;
		returns = true;
	}
	return returns && w->is_complete;
}

/* Looks through the making of views: std::string to string_view, by constructor or conversion. */
static ir_value through_views(const struct ir_func *f, ir_value v)
{
	while (v != IR_NONE && f->ops[v].kind == IR_CALL && f->ops[v].nr_args &&
		((f->ops[v].flags & IR_CALL_CONSTRUCT) ||
			str_has_prefix(ir_simple_name(f->ops[v].sym), "operator ")))
		v = f->ops[v].args[0];
	return v;
}

/* The argument that a wrapper passes on as the span's name: `trace_begin(name)`; or IR_NONE. */
static ir_value wrapped_name(struct program *p, const struct func *f, const struct call *call)
{
	struct func *callee = call->callee;
	const struct ir_op *op = &f->ir->ops[call->op];
	ir_value found = IR_NONE;
	for (uint32_t i = 0; callee && i < callee->nr_calls; i++) {
		const struct model_call *m = callee->calls[i].model;
		if (!m || m->effect != EFFECT_START || m->name < 0)
			continue;
		const struct values *v = values_of(p, callee);
		ir_value name =
			ir_call_arg(&callee->ir->ops[callee->calls[i].op], (unsigned)m->name);
		name = through_views(callee->ir, name);
		uint32_t path = name == IR_NONE ? NO_PATH : v->content[name];
		if (found != IR_NONE || path == NO_PATH || v->paths.at[path].kind != PATH_VAR ||
			v->paths.at[path].var >= op->nr_args ||
			v->paths.at[path].var >= callee->ir->nr_params)
			return IR_NONE;
		found = op->args[v->paths.at[path].var];
	}
	return found;
}

static void fill(struct program *p, struct func *f, const struct call *call, struct span_site *s)
{
	const struct model_call *m = call->model;
	struct walk_query query = {.subject = WALK_SITE, .op = call->op};
	s->op = call->op;
	s->call = call;
	s->name_value = IR_NONE;
	if (m && m->name >= 0)
		s->name_value = ir_call_arg(&f->ir->ops[call->op], (unsigned)m->name);
	else if (!m)
		s->name_value = wrapped_name(p, f, call);
	s->name = value_string(values_of(p, f), s->name_value);
	s->is_internal = is_internal(p, f, s);
	s->is_automatic = call_ends_itself(p, f, call);
	bool is_result = m ? m->span == MODEL_RESULT : summary_return(p, call->callee)->is_span;
	s->is_discarded = is_result && (f->ir->ops[call->op].flags & IR_CALL_DISCARDED) != 0;
	s->walk = walk_func(p, f, &query);
	s->is_local = is_local(s->walk);
}

void spans_find(struct program *p)
{
	for (size_t i = 0; i < p->funcs.nr; i++) {
		struct func *f = p->funcs.at[i];
		VEC(struct span_site) sites = {0};
		for (uint32_t k = 0; k < f->nr_calls; k++) {
			if (!call_starts_span(p, f, &f->calls[k]))
				continue;
			struct span_site site = {0};
			fill(p, f, &f->calls[k], &site);
			vec_push(p->arena, &sites, site);
		}
		f->sites = sites.at;
		f->nr_sites = (uint32_t)sites.nr;
	}
}

const char *span_title(const struct span_site *s, struct arena *a)
{
	return s->name ? arena_printf(a, "span \"%s\"", s->name) : "the span";
}

static bool is_span_param(const struct program *p, const struct func *f, uint32_t k)
{
	const struct ir_var *var = &f->ir->vars[k];
	const struct model_type *t = models_type(p->models, var->type);
	return t && t->role == ROLE_SPAN && !(var->flags & IR_VAR_THIS);
}

static bool next_in_func(struct span_view *v)
{
	struct func *f = v->func = v->program->funcs.at[v->at_func];
	if (f->ir->flags & (IR_FUNC_SYSTEM | IR_FUNC_TEMPLATE))
		return false;
	uint32_t nr_places;
	const struct place_site *places = places_of(v->program, f, &nr_places);
	while (v->at < f->nr_sites + f->ir->nr_params + nr_places) {
		uint32_t at = v->at++;
		v->place = NO_PATH;
		v->site = at < f->nr_sites ? &f->sites[at] : NULL;
		v->param = v->site ? IR_NONE : at - f->nr_sites;
		if (v->site) {
			v->walk = v->site->walk;
		} else if (v->param >= f->ir->nr_params) {
			v->place = places[v->param - f->ir->nr_params].path;
			v->walk = places[v->param - f->ir->nr_params].walk;
			v->param = path_root_var(f->values, v->place);
		} else if (is_span_param(v->program, f, v->param)) {
			v->walk = summary_param(v->program, f, v->param)->walk;
		} else {
			continue;
		}
		if (v->walk && v->walk->is_complete)
			return true;
	}
	return false;
}

bool spans_next(struct span_view *v)
{
	for (; v->at_func < v->program->funcs.nr; v->at_func++, v->at = 0)
		if (next_in_func(v))
			return true;
	return false;
}

const struct ir_loc *span_view_loc(const struct span_view *v)
{
	return v->site ? &v->func->ir->ops[v->site->op].loc : &v->func->ir->vars[v->param].loc;
}

const char *span_view_title(const struct span_view *v, struct arena *a)
{
	return v->site ? span_title(v->site, a) : "the span";
}
