/* Turns summaries into what a model file says. */
#include "flow/wrappers.h"

#include "base/str.h"
#include "flow/attributes.h"
#include "flow/classes.h"
#include "flow/pairs.h"
#include "flow/places.h"
#include "flow/spans.h"
#include "flow/summary.h"

#include <stdlib.h>
#include <string.h>

struct finder {
	struct program *p;
	struct arena *arena;
	struct func *f;
	struct wrapper found;
};

static enum model_role role_of(const struct finder *w, uint32_t k)
{
	const struct model_type *t = models_type(w->p->models, w->f->ir->vars[k].type);
	return t ? t->role : ROLE_NONE;
}

static bool is_double_pointer(const char *type)
{
	return str_has_suffix(type, "**") || str_has_suffix(type, "* *");
}

/* Parameter k as models count: 0 is the object of a method. */
static int position(const struct finder *w, uint32_t k)
{
	return (int)k + ((w->f->ir->flags & IR_FUNC_METHOD) ? 0 : 1);
}

/* The first modelled call with that effect here or in what it calls. */
static const struct model_call *model_behind(const struct func *f, enum model_effect e, int depth)
{
	for (uint32_t i = 0; i < f->nr_calls; i++)
		if (f->calls[i].model && f->calls[i].model->effect == e)
			return f->calls[i].model;
	for (uint32_t i = 0; i < f->nr_calls && depth; i++) {
		const struct func *callee = f->calls[i].callee;
		const struct model_call *m =
			callee && callee != f ? model_behind(callee, e, depth - 1) : NULL;
		if (m)
			return m;
	}
	return NULL;
}

static void take_flags(struct finder *w, enum model_effect e, uint32_t flags)
{
	const struct model_call *m = model_behind(w->f, e, 4);
	w->found.call.flags |= m ? m->flags & flags : 0;
}

/* The parameter that becomes the key, and the one that becomes its value. */
static void take_key(struct finder *w, uint32_t key)
{
	struct model_call *c = &w->found.call;
	const struct values *v = values_of(w->p, w->f);
	c->key = position(w, key);
	for (uint32_t i = 0; i < w->f->nr_calls; i++) {
		const struct pairs *pairs = pairs_of(w->p, w->f, &w->f->calls[i]);
		for (size_t k = 0; k < pairs->all.nr; k++) {
			const struct pair *pair = &pairs->all.at[k];
			int value = pair->value == IR_NONE || pair->key == IR_NONE
					    ? -1
					    : pair_param(v, pair->value);
			if (value >= 0 && pair_param(v, pair->key) == (int)key)
				c->value = position(w, (uint32_t)value);
		}
	}
}

/* Constant keys as texts; one that a parameter gives as its position. */
static void take_keys(struct finder *w, const struct key_set *keys)
{
	struct model_call *c = &w->found.call;
	c->key_texts = arena_array(w->arena, const char *, keys->nr);
	for (size_t i = 0; i < keys->nr; i++) {
		if (!key_is_param(keys->at[i]))
			c->key_texts[c->nr_key_texts++] = keys->at[i];
		else if (c->key == MODEL_NONE)
			take_key(w, key_param(keys->at[i]));
		else
			w->found.beyond = "it sets several keys that its callers name";
	}
	if (keys->has_unknown)
		w->found.beyond = "it sets keys that cannot be named";
}

static bool has_keys(const struct key_set *keys)
{
	return keys->nr || keys->has_unknown;
}

/* The parameter that becomes the name of the span that is started. */
static int name_position(const struct finder *w)
{
	const struct values *v = values_of(w->p, w->f);
	for (uint32_t i = 0; i < w->f->nr_sites; i++) {
		ir_value name = w->f->sites[i].name_value;
		int param = name == IR_NONE ? -1 : pair_param(v, name);
		if (param >= 0)
			return position(w, (uint32_t)param);
	}
	return MODEL_NONE;
}

/* `*span = NULL` */
static bool sets_null(const struct finder *w, uint32_t k)
{
	const struct values *v = values_of(w->p, w->f);
	uint32_t place = place_of_param(v, k, NULL);
	for (uint32_t i = 0; i < w->f->ir->nr_ops; i++) {
		const struct ir_op *op = &w->f->ir->ops[i];
		if (op->kind != IR_STORE || op->args[1] == IR_NONE || place == NO_PATH ||
			place_behind(v, op->args[0]) != place)
			continue;
		const struct ir_op *value = &w->f->ir->ops[v->origin[op->args[1]]];
		return value->kind == IR_CONST && value->sub == IR_LIT_NULL;
	}
	return false;
}

static bool is_start(struct finder *w)
{
	struct model_call *c = &w->found.call;
	const struct return_summary *r = summary_return(w->p, w->f);
	const struct out_summary *out = summary_out(w->p, w->f);
	if (r->is_span) {
		c->span = MODEL_RESULT;
		c->flags |= r->may_fail ? MODEL_MAY_FAIL : 0;
		take_keys(w, &r->keys);
	} else if (out->is_span) {
		c->span = position(w, out->param);
		c->flags |= out->failed ? MODEL_MAY_FAIL : 0;
		take_keys(w, &out->keys);
		if (out->field)
			w->found.unsayable = arena_printf(
				w->arena, "starts a span and puts it into %s", out->field);
	} else {
		return false;
	}
	c->effect = EFFECT_START;
	c->name = name_position(w);
	take_flags(w, EFFECT_START, MODEL_NULL_OK);
	return true;
}

static bool is_end(struct finder *w, uint32_t k)
{
	bool is_handle = is_double_pointer(w->f->ir->vars[k].type);
	const struct param_summary *sum =
		is_handle ? summary_place(w->p, w->f, k, NULL) : summary_param(w->p, w->f, k);
	if (sum->fate != FATE_ENDED)
		return false;
	w->found.call.effect = EFFECT_END;
	w->found.call.span = position(w, k);
	w->found.call.flags |= (is_handle ? MODEL_BY_ADDRESS : 0) |
			       (is_handle && sets_null(w, k) ? MODEL_NULLS : 0) |
			       (sum->sets_error ? MODEL_SETS_STATUS : 0) |
			       (sum->is_guarded ? MODEL_IDEMPOTENT : 0);
	take_flags(w, EFFECT_END, MODEL_RELEASES | MODEL_NULLS | MODEL_NULL_OK);
	return true;
}

static bool describes(struct finder *w, uint32_t k)
{
	const struct param_summary *sum = summary_param(w->p, w->f, k);
	if (sum->fate != FATE_USED || (!has_keys(&sum->keys) && !sum->sets_error))
		return false;
	w->found.call.effect = sum->sets_error ? EFFECT_EXCEPTION : EFFECT_ATTRIBUTE;
	w->found.call.flags |= sum->sets_error ? MODEL_SETS_STATUS : 0;
	w->found.call.span = position(w, k);
	take_keys(w, &sum->keys);
	take_flags(w, EFFECT_ATTRIBUTE, MODEL_NULL_OK);
	return true;
}

/* Puts it away on every way. */
static bool keeps(struct finder *w, uint32_t k)
{
	const struct walk *walk = summary_param(w->p, w->f, k)->walk;
	bool is_kept = walk && walk->is_complete && walk->exits.nr;
	for (size_t i = 0; is_kept && i < walk->exits.nr; i++)
		is_kept = walk->exits.at[i].phase == SPAN_GONE &&
			  !(walk->exits.at[i].flags & STATE_RETURNED);
	if (!is_kept)
		return false;
	w->found.call.effect = EFFECT_KEEP;
	w->found.call.span = position(w, k);
	return true;
}

static bool describes_current(struct finder *w)
{
	const struct key_set *keys = summary_current(w->p, w->f);
	if (!keys->nr)
		return false;
	w->found.call.effect = EFFECT_ATTRIBUTE;
	w->found.call.flags |= MODEL_ON_CURRENT;
	take_keys(w, keys);
	return true;
}

/* ---- classes that stand for a span ---- */

/* The argument at `at` of the first modelled call with that effect, as a parameter; 0: none. */
static int name_in(const struct finder *w, enum model_effect e)
{
	const struct values *v = values_of(w->p, w->f);
	for (uint32_t i = 0; i < w->f->nr_calls; i++) {
		const struct model_call *m = w->f->calls[i].model;
		if (!m || m->effect != e || m->name < 0)
			continue;
		ir_value name = ir_call_arg(&w->f->ir->ops[w->f->calls[i].op], (unsigned)m->name);
		int param = name == IR_NONE ? -1 : pair_param(v, name);
		return param > 0 ? position(w, (uint32_t)param) : 0;
	}
	return 0;
}

/* A method that leaves its span as it is, but for what no key shows. */
static void describe_use(struct finder *w)
{
	struct model_call *c = &w->found.call;
	const struct param_summary *sum = summary_param(w->p, w->f, 0);
	int name = name_in(w, EFFECT_RENAME);
	c->effect = EFFECT_TELEMETRY;
	if (sum->may_set_error && w->f->ir->nr_params > 1) {
		c->effect = EFFECT_STATUS;
		c->status = 1;
	} else if (name) {
		c->effect = EFFECT_RENAME;
		c->name = name;
	} else if (model_behind(w->f, EFFECT_EVENT, 4)) {
		c->effect = EFFECT_EVENT;
		name = name_in(w, EFFECT_EVENT);
		c->name = name ? name : MODEL_NONE;
	}
	c->span = c->effect == EFFECT_TELEMETRY ? MODEL_NONE : 0;
}

static bool is_method(struct finder *w)
{
	const struct model_call *known = w->p->classes->by_func[w->f->number];
	if (w->f->ir->flags & IR_FUNC_DESTRUCTOR)
		return false;
	if (known) {
		w->found.call = *known;
		if (known->effect == EFFECT_START)
			take_keys(w, summary_made(w->p, w->f));
		return true;
	}
	if (w->f->ir->flags & IR_FUNC_CONSTRUCTOR)
		return false;
	if (is_end(w, 0) || describes(w, 0))
		return true;
	if (summary_param(w->p, w->f, 0)->fate == FATE_USED)
		describe_use(w);
	else
		w->found.unsayable = "ends its span on some of its ways, or hands it on";
	return true;
}

static const struct model_call no_call = {.span = MODEL_NONE,
	.name = MODEL_NONE,
	.key = MODEL_NONE,
	.value = MODEL_NONE,
	.attributes = MODEL_NONE,
	.kind = MODEL_NONE,
	.status = MODEL_NONE,
	.description = MODEL_NONE,
	.scope = MODEL_NONE,
	.value_type = ""};

static bool is_wrapper(struct finder *w)
{
	w->found = (struct wrapper){.func = w->f, .call = no_call};
	w->found.call.match = w->f->ir->name;
	if (w->f->span_class)
		return is_method(w);
	if (w->f->ir->flags & (IR_FUNC_CONSTRUCTOR | IR_FUNC_DESTRUCTOR))
		return false;
	if (is_start(w))
		return true;
	for (uint32_t k = 0; k < w->f->ir->nr_params; k++)
		if (role_of(w, k) == ROLE_SPAN && (is_end(w, k) || describes(w, k) || keeps(w, k)))
			return true;
	return describes_current(w);
}

/* Of overloads, one that starts a span is the one to know. */
static int compare(const void *a, const void *b)
{
	const struct wrapper *x = a, *y = b;
	int order = strcmp(x->call.match, y->call.match);
	if (!order)
		order = (x->unsayable != NULL) - (y->unsayable != NULL);
	if (!order)
		order = (x->beyond != NULL) - (y->beyond != NULL);
	if (!order)
		order = (int)x->call.effect - (int)y->call.effect;
	return order ? order : (int)x->func->number - (int)y->func->number;
}

/* What has no function in sight: an assignment that nobody wrote. */
static void add_implicit(struct program *p, struct arena *a, struct wrappers *out)
{
	for (size_t i = 0; i < p->classes->calls.nr; i++) {
		const struct class_call *c = p->classes->calls.at[i];
		struct wrapper w = {.func = c->of->methods.at[0], .call = c->call};
		if (!c->func && c->call.effect != EFFECT_TELEMETRY)
			vec_push(a, &out->all, w);
	}
}

void wrappers_find(struct program *p, struct arena *a, struct wrappers *out)
{
	*out = (struct wrappers){0};
	for (size_t i = 0; i < p->funcs.nr; i++) {
		struct finder w = {.p = p, .arena = a, .f = p->funcs.at[i]};
		uint32_t flags = w.f->ir->flags;
		/* what only its own unit can call is always in sight */
		if (models_call_named(p->models, w.f->ir->name))
			continue; /* known already */
		if ((flags & (IR_FUNC_SYSTEM | IR_FUNC_TEMPLATE | IR_FUNC_STATIC | IR_FUNC_LAMBDA |
				     IR_FUNC_MAIN)) ||
			!is_wrapper(&w))
			continue;
		vec_push(a, &out->all, w.found);
	}
	add_implicit(p, a, out);
	if (!out->all.nr)
		return;
	qsort(out->all.at, out->all.nr, sizeof(out->all.at[0]), compare);
	size_t nr = 1; /* overloads: a model knows names only */
	for (size_t i = 1; i < out->all.nr; i++)
		if (!str_eq(out->all.at[i].call.match, out->all.at[nr - 1].call.match))
			out->all.at[nr++] = out->all.at[i];
	out->all.nr = nr;
}
