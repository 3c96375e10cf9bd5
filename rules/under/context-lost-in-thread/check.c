/* context-lost-in-thread: a thread's span begins a new trace though its creator had one open. */
#include "base/embedded.h"
#include "base/json.h"
#include "base/str.h"
#include "engine/tell.h"
#include "flow/options.h"
#include "flow/trail.h"

void rule_context_lost_in_thread(struct rule_run *run);

#define DATA "rules/under/context-lost-in-thread/threads.json"

struct finder {
	struct rule_run *run;
	const struct json *starts;
};

static const struct json *read_starts(struct rule_run *run)
{
	unsigned line;
	const char *error;
	for (const struct embedded_file *f = embedded_files; f->path; f++)
		if (str_eq(f->path, DATA))
			return json_get(json_parse(run->arena, f->bytes, &line, &error), "starts");
	return NULL;
}

static bool runs_a_thread(const struct finder *x, const struct ir_op *op)
{
	for (size_t i = 0; i < json_size(x->starts); i++)
		if (str_eq(op->sym, json_string(json_at(x->starts, i))))
			return true;
	return false;
}

/* What a temporary was made of: lambdas are passed through one. */
static ir_value look_through(const struct values *v, ir_value value)
{
	value = v->origin[value];
	const struct ir_func *f = v->func->ir;
	uint32_t path = f->ops[value].kind == IR_VAR ? v->address[value] : NO_PATH;
	for (uint32_t i = value; path != NO_PATH && i-- > 0;) {
		const struct ir_op *op = &f->ops[i];
		if (op->kind == IR_STORE && op->args[0] != IR_NONE && op->args[1] != IR_NONE &&
			v->address[op->args[0]] == path)
			return v->origin[op->args[1]];
	}
	return value;
}

/* The function that the thread runs: named, or a lambda. */
static struct func *find_body(struct program *p, struct func *f, const struct ir_op *op)
{
	const struct values *v = values_of(p, f);
	for (uint32_t i = 0; i < op->nr_args; i++) {
		if (op->args[i] == IR_NONE)
			continue;
		const struct ir_op *arg = &f->ir->ops[look_through(v, op->args[i])];
		if (arg->kind != IR_LAMBDA && arg->kind != IR_GLOBAL)
			continue;
		struct func *body = program_find(p, f, arg->link);
		if (body)
			return body;
	}
	return NULL;
}

static bool is_tracing_type(struct program *p, const char *type)
{
	const struct model_type *t = models_type(p->models, type);
	return t && (t->role == ROLE_SPAN || t->role == ROLE_CONTEXT || t->role == ROLE_SCOPE);
}

/* Anything by which the creator may hand its context over: a context taken, written into headers,
 * a span stored where the thread may find it, a lambda that captures one. */
static bool may_hand_over(
	struct program *p, struct func *f, const struct func *body, const struct span_site *s)
{
	for (uint32_t i = 0; i < f->nr_calls; i++) {
		const struct model_call *m = f->calls[i].model;
		if (m && (m->effect == EFFECT_CURRENT || m->effect == EFFECT_INJECT ||
				 m->effect == EFFECT_KEEP || m->effect == EFFECT_LINK ||
				 m->effect == EFFECT_EXTRACT))
			return true;
	}
	for (uint32_t i = 0; i < f->ir->nr_vars; i++) {
		const struct model_type *t = models_type(p->models, f->ir->vars[i].type);
		if (t && t->role == ROLE_CONTEXT)
			return true;
	}
	for (uint32_t i = 0; i < body->ir->nr_vars; i++)
		if ((body->ir->vars[i].flags & (IR_VAR_CAPTURED | IR_VAR_PARAM)) &&
			is_tracing_type(p, body->ir->vars[i].type))
			return true;
	for (size_t i = 0; i < s->walk->exits.nr; i++)
		if (s->walk->exits.at[i].phase == SPAN_GONE)
			return true; /* kept somewhere: by the thread, perhaps */
	return false;
}

/* In the thread: a context is taken over, or a parent named. */
static bool takes_over(struct func *f)
{
	for (uint32_t i = 0; i < f->nr_calls; i++) {
		const struct model_call *m = f->calls[i].model;
		if (m && (m->effect == EFFECT_EXTRACT || m->effect == EFFECT_LINK ||
				 m->effect == EFFECT_CURRENT || m->effect == EFFECT_DEACTIVATE))
			return true;
	}
	return false;
}

/* The first span of the thread's function itself. Spans of its callees have other reasons to be. */
static const struct span_site *thread_span(struct program *p, struct func *body)
{
	if (body->ir->incomplete[0] || takes_over(body) || !body->nr_sites)
		return NULL;
	struct start_options o;
	const struct span_site *s = &body->sites[0];
	start_options_of(p, body, s, &o);
	bool is_inner = o.kind == KIND_INTERNAL || o.kind == KIND_CLIENT || o.kind == KIND_PRODUCER;
	return !o.may_have_parent && is_inner ? s : NULL;
}

static bool activates(const struct func *f, const struct span_site *s)
{
	if (s->call->model && (s->call->model->flags & MODEL_ACTIVATES))
		return true;
	for (uint32_t i = 0; i < f->nr_calls; i++)
		if (f->calls[i].model && f->calls[i].model->effect == EFFECT_ACTIVATE)
			return true;
	return false;
}

/* Is the span open when `op` runs, on some path? */
static bool is_open_at(struct program *p, struct func *f, const struct span_site *s, uint32_t op)
{
	for (size_t i = 0; i < s->walk->exits.nr; i++) {
		const struct walk_exit *e = &s->walk->exits.at[i];
		struct trail t;
		if (e->phase != SPAN_ENDED || !trail_of(p, f, e, &t))
			continue;
		uint32_t at = trail_position(&t, op, t.nr);
		uint32_t start = trail_position(&t, s->op, t.nr);
		uint32_t end =
			e->ended_at == IR_NONE ? t.nr : trail_position(&t, e->ended_at, t.nr);
		if (at != UINT32_MAX && start < at && at < end)
			return true;
	}
	return false;
}

static void report(struct rule_run *run, struct func *f, const struct span_site *outer,
	uint32_t create, struct func *body, const struct span_site *inner)
{
	const struct ir_op *start = &body->ir->ops[inner->op];
	struct story story = {0};
	story_add(run, &story, &f->ir->ops[outer->op].loc, "%s is open",
		span_title(outer, run->arena));
	story_add(
		run, &story, &f->ir->ops[create].loc, "the thread is started, without its context");
	story_add(run, &story, &start->loc, "%s starts a trace of its own",
		span_title(inner, run->arena));
	tell(run, body, &start->loc, inner->name ? inner->name : "",
		tell_text(run,
			"%s starts in a thread that knows nothing of the trace it belongs to",
			span_title(inner, run->arena)),
		"what is current belongs to a thread: the trace ends where the thread begins, and "
		"the work "
		"done there shows up as traces without a cause",
		"take the current context before the thread is started, hand it over, and attach "
		"it (or "
		"name it as the parent) in the thread; add a link if it is to be a new trace",
		&story);
}

static void check_call(struct finder *x, struct func *f, const struct call *c)
{
	struct program *p = x->run->program;
	const struct ir_op *op = &f->ir->ops[c->op];
	struct func *body = runs_a_thread(x, op) ? find_body(p, f, op) : NULL;
	const struct span_site *inner = body && body != f ? thread_span(p, body) : NULL;
	for (uint32_t i = 0; inner && i < f->nr_sites; i++) {
		const struct span_site *outer = &f->sites[i];
		if (!outer->walk->is_complete || !activates(f, outer) ||
			may_hand_over(p, f, body, outer) || !is_open_at(p, f, outer, c->op))
			continue;
		report(x->run, f, outer, c->op, body, inner);
		return;
	}
}

void rule_context_lost_in_thread(struct rule_run *run)
{
	struct finder x = {run, read_starts(run)};
	for (size_t i = 0; i < run->program->funcs.nr; i++) {
		struct func *f = run->program->funcs.at[i];
		for (uint32_t k = 0; k < f->nr_calls && !f->ir->incomplete[0]; k++)
			check_call(&x, f, &f->calls[k]);
	}
}
