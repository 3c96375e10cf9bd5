/* unpropagated-context: a request leaves under a span, and nobody writes the context into it. */
#include "base/str.h"
#include "engine/tell.h"
#include "flow/options.h"
#include "flow/recorded.h"

#include <string.h>

void rule_unpropagated_context(struct rule_run *run);

#define MAX_DEPTH 12
#define MAX_VARS  256

/* A call on the way from the operation to the request. */
struct frame {
	struct func *func;
	uint32_t op; /* the call that goes on, or the request itself */
};

struct finder {
	struct rule_run *run;
	struct func *operation;
	bool is_client; /* else: on a critical path */
	uint32_t since; /* op of the span's start in the operation */
	struct frame frames[MAX_DEPTH];
	uint32_t nr_frames;
	bool *seen;
	bool *told; /* functions with a request that was reported */
};

/* ---- what may carry headers ---- */

/* Variables of one function that are, or belong to, the request. */
struct linked {
	const struct values *values;
	bool vars[MAX_VARS];
	bool is_foreign; /* part of it comes from outside the function: a global, a field */
};

static bool is_text_or_number(const char *type)
{
	return strstr(type, "char") || strstr(type, "std::basic_string") ||
	       (!strchr(type, '*') && !strchr(type, ':') && !strstr(type, "struct "));
}

static uint32_t root_of(const struct linked *l, ir_value value, bool *is_whole)
{
	if (value == IR_NONE)
		return NO_PATH;
	value = l->values->origin[value];
	uint32_t path = l->values->content[value] != NO_PATH ? l->values->content[value]
							     : l->values->address[value];
	if (path == NO_PATH)
		return NO_PATH;
	*is_whole = l->values->paths.at[path].kind == PATH_VAR;
	return path;
}

static void link_value(struct linked *l, ir_value value)
{
	const struct ir_func *f = l->values->func->ir;
	bool is_whole;
	uint32_t path = root_of(l, value, &is_whole);
	if (path == NO_PATH)
		return;
	uint32_t var = path_root_var(l->values, path);
	if (var == IR_NONE || var >= MAX_VARS) {
		l->is_foreign = true;
		return;
	}
	if (is_whole && is_text_or_number(f->vars[var].type))
		return;
	if (f->vars[var].flags & (IR_VAR_THIS | IR_VAR_CAPTURED | IR_VAR_STATIC))
		l->is_foreign = true;
	l->vars[var] = true;
}

static bool is_linked(const struct linked *l, ir_value value)
{
	bool is_whole;
	uint32_t path = root_of(l, value, &is_whole);
	uint32_t var = path == NO_PATH ? IR_NONE : path_root_var(l->values, path);
	return var != IR_NONE && var < MAX_VARS && l->vars[var];
}

/* setopt(handle, OPTION_HTTPHEADER, headers): the headers belong to the request as well. */
static bool names_headers(const struct ir_func *f, const struct ir_op *op)
{
	for (uint32_t i = 0; i < op->nr_args; i++) {
		const struct ir_op *arg = op->args[i] == IR_NONE ? NULL : &f->ops[op->args[i]];
		if (arg && arg->kind == IR_CONST && arg->sub == IR_LIT_ENUM &&
			strstr(arg->link, "HEADER"))
			return true;
	}
	return false;
}

static bool touches(const struct linked *l, const struct ir_op *op)
{
	for (uint32_t i = 0; i < op->nr_args; i++)
		if (is_linked(l, op->args[i]))
			return true;
	return false;
}

static void link_headers(struct linked *l)
{
	const struct func *f = l->values->func;
	for (uint32_t i = 0; i < f->nr_calls; i++) {
		const struct ir_op *op = &f->ir->ops[f->calls[i].op];
		if (!touches(l, op) || !names_headers(f->ir, op))
			continue;
		for (uint32_t k = 0; k < op->nr_args; k++)
			link_value(l, op->args[k]);
	}
}

/* The handle was made, or is handed, where nobody can look: headers may be on it. */
static bool is_touched_unseen(const struct linked *l)
{
	const struct func *f = l->values->func;
	for (uint32_t i = 0; i < f->nr_calls; i++) {
		const struct call *c = &f->calls[i];
		const struct ir_op *op = &f->ir->ops[c->op];
		bool is_known = c->model || c->callee || c->io->cost != COST_UNKNOWN ||
				(op->flags & IR_CALL_BUILTIN);
		if (!is_known && touches(l, op))
			return true;
	}
	for (uint32_t i = 0; i < f->ir->nr_ops; i++) {
		const struct ir_op *op = &f->ir->ops[i];
		if (op->kind != IR_STORE || !is_linked(l, op->args[0]) || op->args[1] == IR_NONE)
			continue;
		ir_value made = l->values->origin[op->args[1]];
		const struct call *c = func_call(f, made);
		if ((f->ir->ops[made].flags & IR_CALL_CONSTRUCT) && !f->ir->ops[made].nr_args)
			continue; /* a new object, and nothing in it yet */
		if (c && !c->model && !c->callee && c->io->cost == COST_UNKNOWN)
			return true;
	}
	return false;
}

/* Follows what the request is made of back to the operation. True: somebody else may have put the
 * context in. */
static bool may_carry(struct finder *x)
{
	struct linked l = {0}, outer;
	for (uint32_t level = x->nr_frames; level-- > 0;) {
		const struct frame *frame = &x->frames[level];
		const struct ir_op *op = &frame->func->ir->ops[frame->op];
		outer = (struct linked){.values = values_of(x->run->program, frame->func)};
		uint32_t first = (op->flags & IR_CALL_METHOD) && level + 1 == x->nr_frames;
		for (uint32_t k = first; k < op->nr_args; k++)
			if (level + 1 == x->nr_frames || (k < MAX_VARS && l.vars[k]))
				link_value(&outer, op->args[k]);
		l = outer;
		link_headers(&l);
		if (l.is_foreign || is_touched_unseen(&l))
			return true;
	}
	for (uint32_t k = 0; k < x->operation->ir->nr_params && k < MAX_VARS; k++)
		if (l.vars[k])
			return true; /* the operation's caller gave it */
	return false;
}

/* ---- the search ---- */

static bool says_traceparent(const struct func *f)
{
	static const char *const words[] = {"traceparent", "Traceparent", "x-b3-", "X-B3-",
		"uber-trace-id", "X-Amzn-Trace-Id", "b3"};
	for (uint32_t i = 0; i < f->ir->nr_ops; i++) {
		const struct ir_op *op = &f->ir->ops[i];
		if (op->kind != IR_CONST || op->sub != IR_LIT_STRING)
			continue;
		for (size_t k = 0; k < sizeof(words) / sizeof(words[0]); k++)
			if (str_has_prefix(op->sym, words[k]))
				return true;
	}
	return false;
}

/* Injection, by a model or by hand, anywhere below: then it is done, or meant to be. */
static bool injects(struct finder *x, struct func *f, bool *seen)
{
	if (seen[f->number])
		return false;
	seen[f->number] = true;
	if (says_traceparent(f))
		return true;
	for (uint32_t i = 0; i < f->nr_calls; i++) {
		const struct call *c = &f->calls[i];
		if (c->model && (c->model->effect == EFFECT_INJECT))
			return true;
		if (c->callee && injects(x, c->callee, seen))
			return true;
	}
	return false;
}

static void report(struct finder *x)
{
	struct rule_run *run = x->run;
	const struct frame *last = &x->frames[x->nr_frames - 1];
	const struct ir_op *request = &last->func->ir->ops[last->op];
	const char *name = ir_simple_name(request->sym);
	struct story story = {0};
	if (x->since != IR_NONE)
		story_add(run, &story, &x->operation->ir->ops[x->since].loc, "span starts here");
	else
		story_add(run, &story, &x->operation->ir->loc, "critical path begins here");
	for (uint32_t i = 0; i + 1 < x->nr_frames; i++)
		story_add(run, &story, &x->frames[i].func->ir->ops[x->frames[i].op].loc,
			"calls %s()", ir_simple_name(x->frames[i + 1].func->ir->name));
	story_add(run, &story, &request->loc, "the request leaves, and no context with it");
	tell(run, last->func, &request->loc, name,
		tell_text(run,
			"%s() sends a request under %s, and the context is not injected into it",
			name,
			x->is_client ? "a span for it"
				     : tell_text(run, "critical path \"%s\"",
					       x->operation->critical->path.name)),
		"the other service starts a trace of its own: what it did for this operation, and "
		"why it was "
		"slow, cannot be seen from here",
		"inject the current context into the request's headers before it is sent", &story);
}

static void search(struct finder *x, struct func *f)
{
	if (x->seen[f->number] || x->nr_frames == MAX_DEPTH)
		return;
	x->seen[f->number] = true;
	struct frame *frame = &x->frames[x->nr_frames++];
	frame->func = f;
	for (uint32_t i = 0; i < f->nr_calls; i++) {
		const struct call *c = &f->calls[i];
		if (f == x->operation && x->since != IR_NONE && c->op < x->since)
			continue;
		frame->op = c->op;
		if (c->callee) {
			search(x, c->callee);
		} else if (!c->model && c->io->is_outgoing_request && !x->told[f->number] &&
			   !may_carry(x)) {
			x->told[f->number] = true;
			report(x);
		}
	}
	x->nr_frames--;
}

/* The start of the function's own CLIENT or PRODUCER span, or IR_NONE. */
static uint32_t client_start(struct rule_run *run, struct func *f)
{
	for (uint32_t i = 0; i < f->nr_sites; i++) {
		struct start_options o;
		start_options_of(run->program, f, &f->sites[i], &o);
		if (o.kind == KIND_CLIENT || o.kind == KIND_PRODUCER)
			return f->sites[i].op;
	}
	return IR_NONE;
}

static void check_func(struct rule_run *run, struct func *f, uint32_t since, bool *told)
{
	size_t nr = run->program->funcs.nr;
	struct finder x = {.run = run,
		.operation = f,
		.is_client = since != IR_NONE,
		.since = since,
		.seen = arena_array(run->scratch, bool, nr),
		.told = told};
	if (!injects(&x, f, arena_array(run->scratch, bool, nr)))
		search(&x, f);
}

/* Spans of the request itself first: they are nearer to it than the critical path is. */
void rule_unpropagated_context(struct rule_run *run)
{
	size_t nr = run->program->funcs.nr;
	bool *told = arena_array(run->scratch, bool, nr);
	for (size_t i = 0; i < nr; i++) {
		struct func *f = run->program->funcs.at[i];
		uint32_t since = client_start(run, f);
		if (since != IR_NONE && !f->ir->incomplete[0])
			check_func(run, f, since, told);
	}
	for (size_t i = 0; i < nr; i++) {
		struct func *f = run->program->funcs.at[i];
		if (f->critical && !f->ir->incomplete[0])
			check_func(run, f, IR_NONE, told);
	}
}
