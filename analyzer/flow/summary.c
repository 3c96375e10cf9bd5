/* Summaries of functions, each computed by walking the function once per question. */
#include "flow/summary.h"

#include "base/str.h"
#include "flow/class_method.h"
#include "flow/classes.h"
#include "flow/effects.h"
#include "flow/places.h"

#include <string.h>

struct place_summary {
	uint32_t param;
	const char *field; /* or "" */
	struct param_summary sum;
};

struct summaries {
	struct param_summary **params; /* per parameter; NULL: not asked yet */
	VEC(struct place_summary *) places;
	struct return_summary *result;
	struct out_summary *out;
	struct key_set *current;
	struct key_set *made;
	bool is_busy;
};

static struct summaries *summaries_of(struct program *p, struct func *f)
{
	if (!f->summaries) {
		f->summaries = arena_new(p->arena, struct summaries);
		f->summaries->params =
			arena_array(p->arena, struct param_summary *, f->ir->nr_params);
	}
	return f->summaries;
}

/* Keys that are set at every exit in `mask`. */
static struct key_set keys_of(struct program *p, const struct walk *w, uint64_t mask)
{
	VEC(const char *) keys = {0};
	for (size_t i = 0; i < w->keys.nr; i++)
		if (mask & (1ULL << i))
			vec_push(p->arena, &keys, w->keys.at[i]);
	return (struct key_set){keys.at, keys.nr, (mask >> KEY_UNKNOWN) & 1};
}

static void judge_param(struct program *p, const struct walk *w, struct param_summary *out)
{
	uint64_t all = UINT64_MAX, unknown = 0;
	uint32_t open = 0, ended = 0, other = 0;
	bool sets_error = true, clears = true, returns = false;
	for (size_t i = 0; i < w->exits.nr; i++) {
		const struct walk_exit *e = &w->exits.at[i];
		/* a way for NULL is not taken with a span */
		if (e->kind == EXIT_NORETURN || e->phase == SPAN_FAILED)
			continue;
		unknown |= e->keys & (1ULL << KEY_UNKNOWN);
		all &= e->keys;
		open += e->phase == SPAN_OPEN && e->kind == EXIT_RETURN;
		ended += e->phase == SPAN_ENDED;
		other += (e->phase != SPAN_OPEN && e->phase != SPAN_ENDED) || e->kind == EXIT_LOST;
		bool is_error = e->flags & STATE_ERROR_STATUS;
		out->may_set_error |= is_error || (e->flags & STATE_MAYBE_ERROR);
		sets_error &= is_error;
		clears &= (e->flags & STATE_CLEARED) != 0;
		returns = true;
	}
	out->sets_error = returns && sets_error;
	out->clears = returns && clears;
	if (!w->is_complete || other || (open && ended))
		return;
	out->keys = keys_of(p, w, open || ended ? all | unknown : 0);
	out->fate = ended ? FATE_ENDED : FATE_USED;
}

const struct param_summary *summary_param(struct program *p, struct func *f, uint32_t k)
{
	static const struct param_summary unknown = {.fate = FATE_UNKNOWN};
	struct summaries *s = summaries_of(p, f);
	if (k >= f->ir->nr_params || (k == 0 && f->replaces_object))
		return &unknown;
	if (s->params[k])
		return s->params[k];
	if (s->is_busy)
		return &unknown;
	s->is_busy = true;
	struct param_summary *out = arena_new(p->arena, struct param_summary);
	struct walk_query query = {.subject = WALK_PARAM, .op = IR_NONE, .param = k};
	out->walk = walk_func(p, f, &query);
	struct walk ways = *out->walk;
	if (f->span_class && k == 0)
		ways = class_method_ways(p, f, out->walk);
	out->is_guarded = ways.exits.nr != out->walk->exits.nr;
	judge_param(p, &ways, out);
	s->params[k] = out;
	s->is_busy = false;
	return out;
}

/* A function that never looks there leaves it alone, if it hands the pointer to nobody. */
static enum fate fate_of_unread(const struct values *v, uint32_t k)
{
	const struct ir_func *f = v->func->ir;
	for (uint32_t i = 0; i < f->nr_ops; i++) {
		const struct ir_op *op = &f->ops[i];
		for (uint32_t n = 0; n < op->nr_args; n++) {
			if (op->args[n] == IR_NONE)
				continue;
			uint32_t path = v->content[op->args[n]] != NO_PATH
						? v->content[op->args[n]]
						: v->address[op->args[n]];
			bool is_it = path != NO_PATH && v->paths.at[path].kind == PATH_VAR &&
				     v->paths.at[path].var == k;
			if (is_it && op->kind != IR_LOAD && op->kind != IR_FIELD &&
				op->kind != IR_COMPARE && op->kind != IR_BRANCH &&
				op->kind != IR_COPY)
				return FATE_UNKNOWN;
		}
	}
	return f->incomplete[0] ? FATE_UNKNOWN : FATE_USED;
}

const struct param_summary *summary_place(
	struct program *p, struct func *f, uint32_t k, const char *field)
{
	static const struct param_summary unknown = {.fate = FATE_UNKNOWN};
	struct summaries *s = summaries_of(p, f);
	field = field ? field : "";
	for (size_t i = 0; i < s->places.nr; i++)
		if (s->places.at[i]->param == k && str_eq(s->places.at[i]->field, field))
			return &s->places.at[i]->sum;
	if (k >= f->ir->nr_params || s->is_busy)
		return &unknown;
	s->is_busy = true;
	struct place_summary *one = arena_new(p->arena, struct place_summary);
	*one = (struct place_summary){.param = k, .field = field};
	uint32_t place = place_of_param(values_of(p, f), k, field[0] ? field : NULL);
	if (place == NO_PATH) {
		one->sum.fate = fate_of_unread(f->values, k);
	} else {
		struct walk_query query = {.subject = WALK_PLACE, .op = IR_NONE, .place = place};
		one->sum.walk = walk_func(p, f, &query);
		judge_param(p, one->sum.walk, &one->sum);
	}
	vec_push(p->arena, &s->places, one);
	s->is_busy = false;
	return &one->sum;
}

/* Only a function whose result can hold a span needs to be walked. */
static bool may_return_span(struct program *p, const struct func *f)
{
	if (f->transfers_span)
		return true;
	const struct model_type *t = models_type(p->models, f->ir->ret);
	return t && t->role == ROLE_SPAN;
}

/* Whether what returns at `op` may be the span of another start: cond ? start(a) : start(b). */
static bool may_return_another(
	struct walk *const *walks, uint32_t nr, const struct walk *one, uint32_t op)
{
	for (uint32_t i = 0; i < nr; i++) {
		if (!walks[i] || walks[i] == one)
			continue;
		for (size_t k = 0; k < walks[i]->exits.nr; k++) {
			const struct walk_exit *e = &walks[i]->exits.at[k];
			if (e->op == op && (e->flags & STATE_RETURNED))
				return true;
		}
	}
	return false;
}

static void judge_return(struct program *p, struct func *f, struct return_summary *out)
{
	uint64_t all = UINT64_MAX, unknown = 0;
	struct walk *last = NULL;
	struct walk **walks = arena_array(p->arena, struct walk *, f->nr_calls);
	for (uint32_t i = 0; i < f->nr_calls; i++) {
		struct walk_query query = {.subject = WALK_SITE, .op = f->calls[i].op};
		if (call_starts_span(p, f, &f->calls[i]))
			walks[i] = walk_func(p, f, &query);
	}
	for (uint32_t i = 0; i < f->nr_calls; i++) {
		const struct call *call = &f->calls[i];
		struct walk *w = walks[i];
		bool returned = false;
		for (size_t k = 0; w && k < w->exits.nr; k++) {
			const struct walk_exit *e = &w->exits.at[k];
			if (!(e->flags & STATE_RETURNED)) {
				bool is_before = e->phase == SPAN_BEFORE &&
						 !may_return_another(walks, f->nr_calls, w, e->op);
				out->may_fail |= is_before || e->phase == SPAN_FAILED;
				continue;
			}
			returned = true;
			all &= e->keys;
			unknown |= e->keys & (1ULL << KEY_UNKNOWN);
		}
		if (!returned)
			continue;
		out->is_span = true;
		if (call->model && (call->model->flags & MODEL_MAY_FAIL))
			out->may_fail = true;
		/* two starts that may be returned: only what both set would count */
		out->keys =
			last ? (struct key_set){.has_unknown = true} : keys_of(p, w, all | unknown);
		last = w;
	}
}

static bool is_object(const struct program *p, const char *type)
{
	return classes_has(p, type) && !str_has_suffix(type, "*") && !strchr(type, '<');
}

const struct return_summary *summary_return(struct program *p, struct func *f)
{
	static const struct return_summary nothing = {0};
	struct summaries *s = summaries_of(p, f);
	if (s->result)
		return s->result;
	if (s->is_busy || !may_return_span(p, f))
		return &nothing;
	s->is_busy = true;
	struct return_summary *out = arena_new(p->arena, struct return_summary);
	judge_return(p, f, out);
	if (f->transfers_span && !out->is_span) {
		out->is_span = out->may_fail = true;
		out->keys.has_unknown = true;
	}
	if (is_object(p, f->ir->ret)) /* an object without a span is an object */
		out->may_fail = false;
	s->result = out;
	s->is_busy = false;
	return out;
}

/* A pointer to a C handle. */
static bool may_put_span(struct program *p, const struct func *f, uint32_t k)
{
	const char *type = f->ir->vars[k].type;
	const struct model_type *t = models_type(p->models, type);
	return t && t->role == ROLE_SPAN && !t->ends_on_destroy &&
	       (str_has_suffix(type, "**") || str_has_suffix(type, "* *"));
}

/* What one start leaves with the caller; false when it cannot be told. `has_put`: it may. */
static bool judge_put(const struct walk *w, struct out_summary *out, uint64_t *all, bool *has_put)
{
	bool is_clear = w->is_complete;
	for (size_t i = 0; i < w->exits.nr; i++) {
		const struct walk_exit *e = &w->exits.at[i];
		if (e->kind == EXIT_NORETURN)
			continue;
		bool is_put = e->flags & STATE_PUT_OUT;
		*has_put |= is_put;
		if (e->kind == EXIT_RETURN && e->phase == SPAN_OPEN && is_put) {
			out->ok |= e->result;
			*all &= e->keys;
		} else if (e->kind == EXIT_RETURN &&
			   (e->phase == SPAN_BEFORE || e->phase == SPAN_FAILED ||
				   e->phase == SPAN_ENDED)) {
			out->failed |= e->result;
		} else {
			is_clear = false;
		}
	}
	return is_clear;
}

static void judge_out(struct program *p, struct func *f, struct out_summary *out, uint32_t place)
{
	for (uint32_t i = 0; i < f->nr_calls; i++) {
		struct walk_query query = {.subject = WALK_OUT,
			.op = f->calls[i].op,
			.param = out->param,
			.place = place};
		struct out_summary one = {.param = out->param, .field = out->field};
		uint64_t all = UINT64_MAX;
		bool has_put = false;
		const struct model_type *t =
			models_type(p->models, f->ir->ops[f->calls[i].op].type);
		if ((t && t->ends_on_destroy) || !call_starts_span(p, f, &f->calls[i]))
			continue;
		const struct walk *w = walk_func(p, f, &query);
		bool is_clear = judge_put(w, &one, &all, &has_put);
		if (!has_put)
			continue;
		if (!is_clear || out->is_span || (one.ok & one.failed)) {
			out->is_span = false;
			return;
		}
		one.is_span = true;
		one.keys = keys_of(p, w, all);
		*out = one;
	}
}

/* Cheap, and without asking other functions: a start here, or a call that returns a span. */
static bool starts_directly(struct program *p, const struct func *f)
{
	for (uint32_t i = 0; i < f->nr_calls; i++) {
		const struct call *call = &f->calls[i];
		if (call->model ? call->model->effect == EFFECT_START
				: call->callee && may_return_span(p, call->callee))
			return true;
	}
	return false;
}

/* `op->span = start(…)`: a field behind a parameter that the function fills. */
static void judge_fields(struct program *p, struct func *f, struct out_summary *out)
{
	const struct values *v = values_of(p, f);
	uint32_t nr_paths = (uint32_t)v->paths.nr;
	bool *is_filled = arena_array(p->arena, bool, nr_paths);
	for (uint32_t i = 0; i < f->ir->nr_ops; i++) {
		const struct ir_op *op = &f->ir->ops[i];
		if (op->kind == IR_STORE && op->args[0] != IR_NONE &&
			v->address[op->args[0]] != NO_PATH)
			is_filled[v->address[op->args[0]]] = true;
	}
	for (uint32_t i = 0; i < nr_paths && !out->is_span; i++) {
		const char *field;
		uint32_t k = is_filled[i] ? path_root_var(v, i) : IR_NONE;
		if (k >= f->ir->nr_params ||
			!place_field(v, i, place_of_param(v, k, NULL), &field) || !field)
			continue;
		*out = (struct out_summary){.param = k, .field = field};
		judge_out(p, f, out, i);
	}
}

const struct out_summary *summary_out(struct program *p, struct func *f)
{
	static const struct out_summary nothing = {0};
	struct summaries *s = summaries_of(p, f);
	if (s->out)
		return s->out;
	if (s->is_busy || f->ir->incomplete[0])
		return &nothing;
	s->is_busy = true;
	s->out = arena_new(p->arena, struct out_summary);
	for (uint32_t k = 0; k < f->ir->nr_params && !s->out->is_span; k++) {
		if (!may_put_span(p, f, k))
			continue;
		*s->out = (struct out_summary){.param = k};
		judge_out(p, f, s->out, NO_PATH);
	}
	if (!s->out->is_span && starts_directly(p, f))
		judge_fields(p, f, s->out);
	s->is_busy = false;
	return s->out;
}

/* What one start leaves in the object with it; false: it is not the one. */
static bool judge_made(struct program *p, const struct walk *w, struct key_set *out)
{
	uint64_t all = UINT64_MAX, unknown = 0;
	bool is_put = false;
	for (size_t i = 0; i < w->exits.nr; i++) {
		const struct walk_exit *e = &w->exits.at[i];
		if (e->kind != EXIT_RETURN || !(e->flags & STATE_PUT_OUT))
			continue;
		is_put = true;
		all &= e->keys;
		unknown |= e->keys & (1ULL << KEY_UNKNOWN);
	}
	if (is_put)
		*out = keys_of(p, w, all | unknown);
	out->has_unknown |= !w->is_complete;
	return is_put;
}

const struct key_set *summary_made(struct program *p, struct func *f)
{
	static const struct key_set anything = {.has_unknown = true};
	struct summaries *s = summaries_of(p, f);
	if (s->made)
		return s->made;
	if (s->is_busy)
		return &anything;
	s->is_busy = true;
	struct key_set *out = s->made = arena_new(p->arena, struct key_set);
	uint32_t object = NO_PATH, nr = 0;
	const struct values *v = values_of(p, f);
	for (uint32_t i = 0; i < v->paths.nr; i++)
		if (v->paths.at[i].kind == PATH_VAR && v->paths.at[i].var == 0)
			object = i;
	for (uint32_t i = 0; object != NO_PATH && i < f->nr_calls; i++) {
		struct walk_query query = {
			.subject = WALK_OUT, .op = f->calls[i].op, .place = object};
		if (call_starts_span(p, f, &f->calls[i]))
			nr += judge_made(p, walk_func(p, f, &query), out);
	}
	if (nr != 1) /* another function of the class does it, or one of several starts */
		*out = anything;
	s->is_busy = false;
	return out;
}

/* Does anything here act on the current span? */
static bool touches_current(const struct func *f)
{
	for (uint32_t i = 0; i < f->nr_calls; i++) {
		const struct model_call *m = f->calls[i].model;
		if (m && (m->effect == EFFECT_CURRENT || (m->flags & MODEL_ON_CURRENT)))
			return true;
	}
	return false;
}

const struct key_set *summary_current(struct program *p, struct func *f)
{
	static const struct key_set nothing = {0};
	struct summaries *s = summaries_of(p, f);
	if (s->current)
		return s->current;
	if (s->is_busy)
		return &nothing;
	if (!touches_current(f))
		return &nothing;
	s->is_busy = true;
	struct walk_query query = {.subject = WALK_CURRENT, .op = IR_NONE};
	struct walk *w = walk_func(p, f, &query);
	uint64_t all = UINT64_MAX, unknown = 0;
	uint32_t nr = 0;
	for (size_t i = 0; i < w->exits.nr; i++) {
		if (w->exits.at[i].kind != EXIT_RETURN)
			continue;
		nr++;
		all &= w->exits.at[i].keys;
		unknown |= w->exits.at[i].keys & (1ULL << KEY_UNKNOWN);
	}
	struct key_set *out = arena_new(p->arena, struct key_set);
	*out = keys_of(p, w, nr ? all | unknown : 0);
	if (!w->is_complete)
		out->has_unknown = true;
	s->current = out;
	s->is_busy = false;
	return out;
}
