/* Follows every use of a handle, and of what a field holds, without regard to order. */
#include "flow/kept.h"

#include "base/str.h"
#include "flow/summary.h"

#include <string.h>

/* What is followed through one function: a handle, or the address of the place that has one. */
struct follow {
	struct program *p;
	struct func *f;
	const struct values *v;
	const char *own; /* storing into this field changes nothing */
	VEC(ir_value) handles;
	VEC(ir_value) addresses;
	/* what was found */
	bool ends;             /* an end of it is called somewhere */
	bool escapes;          /* out of sight */
	const char *stored_in; /* another field */
	uint32_t stored_at;
	struct kept_field *uses; /* NULL: not asked for */
};

static void add(struct follow *w, ir_value handle)
{
	for (size_t i = 0; i < w->handles.nr; i++)
		if (w->handles.at[i] == handle)
			return;
	vec_push(w->p->arena, &w->handles, handle);
}

static void note_use(struct follow *w, uint32_t op)
{
	for (size_t i = 0; w->uses && i < w->uses->uses.nr; i++)
		if (w->uses->uses.at[i].func == w->f && w->uses->uses.at[i].op == op)
			return;
	if (w->uses)
		vec_push(w->p->arena, &w->uses->uses, ((struct kept_use){w->f, op}));
}

static void use_in_model(struct follow *w, uint32_t number, const struct model_call *m)
{
	switch (m->effect) {
	case EFFECT_END:
	case EFFECT_RELEASE:
		w->ends = true;
		break;
	case EFFECT_KEEP:
	case EFFECT_SWAP:
	case EFFECT_ALIAS:
		w->escapes = true;
		break;
	default:
		note_use(w, number);
	}
}

static void use_in_call(struct follow *w, uint32_t number, uint32_t k, bool is_address)
{
	const struct call *call = func_call(w->f, number);
	if (call->model && call->model->effect == EFFECT_ALIAS && !is_address) {
		add(w, number);
	} else if (call->model) {
		use_in_model(w, number, call->model);
	} else if (!call->callee || is_address) {
		w->escapes = true;
	} else {
		enum fate fate = summary_param(w->p, call->callee, k)->fate;
		w->ends |= fate == FATE_ENDED;
		w->escapes |= fate == FATE_UNKNOWN;
		if (fate == FATE_USED)
			note_use(w, number);
	}
}

/* A local variable holds it from now on: every read of that variable may be it. */
static void add_reads(struct follow *w, uint32_t path)
{
	const struct ir_func *f = w->f->ir;
	for (uint32_t i = 0; i < f->nr_ops; i++) {
		if (f->ops[i].kind == IR_LOAD && w->v->content[i] == path)
			add(w, i);
		/* its address goes somewhere */
		for (uint32_t k = 0; f->ops[i].kind == IR_CALL && k < f->ops[i].nr_args; k++)
			if (f->ops[i].args[k] != IR_NONE &&
				w->v->address[f->ops[i].args[k]] == path)
				w->escapes = true;
	}
}

static void store(struct follow *w, uint32_t number)
{
	const struct ir_op *op = &w->f->ir->ops[number];
	const struct ir_op *to = op->args[0] == IR_NONE ? NULL : &w->f->ir->ops[op->args[0]];
	uint32_t path = to ? w->v->address[op->args[0]] : NO_PATH;
	if (to && to->kind == IR_FIELD && str_eq(to->sym, w->own))
		return;
	if (to && to->kind == IR_FIELD && (!w->stored_in || str_eq(w->stored_in, to->sym))) {
		w->stored_in = to->sym;
		w->stored_at = number;
	} else if (path != NO_PATH && w->v->paths.at[path].kind == PATH_VAR &&
		   w->v->paths.at[path].is_local &&
		   !(w->f->ir->vars[w->v->paths.at[path].var].flags & IR_VAR_CAPTURED)) {
		add_reads(w, path);
	} else {
		w->escapes = true;
	}
}

static void use_of_handle(struct follow *w, uint32_t number, uint32_t k)
{
	switch (w->f->ir->ops[number].kind) {
	case IR_COPY:
		add(w, number);
		break;
	case IR_COMPARE:
	case IR_BRANCH:
	case IR_FIELD: /* the handle's own insides: span->ops */
		break;
	case IR_STORE:
		if (k == 1)
			store(w, number);
		else
			w->escapes = true;
		break;
	case IR_CALL:
		use_in_call(w, number, k, false);
		break;
	default:
		w->escapes = true;
	}
}

static void use_of_address(struct follow *w, uint32_t number, uint32_t k)
{
	switch (w->f->ir->ops[number].kind) {
	case IR_LOAD:
		add(w, number);
		break;
	case IR_STORE:
		w->escapes |= k != 0;
		break;
	case IR_CALL:
		use_in_call(w, number, k, true);
		break;
	default:
		w->escapes = true;
	}
}

static bool is_among(const ir_value *at, size_t nr, ir_value value)
{
	for (size_t i = 0; i < nr; i++)
		if (at[i] == value)
			return true;
	return false;
}

/* Until nothing new comes; ops are numbered so that one pass nearly does. */
static void run(struct follow *w)
{
	const struct ir_func *f = w->f->ir;
	for (size_t before = SIZE_MAX; before != w->handles.nr && !w->escapes;) {
		before = w->handles.nr;
		for (uint32_t i = 0; i < f->nr_ops && !w->escapes; i++)
			for (uint32_t k = 0; k < f->ops[i].nr_args; k++) {
				ir_value arg = f->ops[i].args[k];
				if (is_among(w->handles.at, w->handles.nr, arg))
					use_of_handle(w, i, k);
				else if (is_among(w->addresses.at, w->addresses.nr, arg))
					use_of_address(w, i, k);
			}
	}
}

/* ---- one field, everywhere ---- */

/* "struct job *" of "job::span": calls that are given the record and are not in the program. */
static bool is_of_record(const char *type, const char *field)
{
	const char *end = strstr(field, "::");
	for (const char *next; end && (next = strstr(end + 2, "::"));)
		end = next;
	size_t n = end ? (size_t)(end - field) : 0;
	for (const char *at = n ? type : NULL; at && (at = memmem(at, strlen(at), field, n));
		at++) {
		bool starts = at == type || at[-1] == ' ' || at[-1] == ':' || at[-1] == '<';
		if (starts && (at[n] == '\0' || strchr(" *&>,", at[n])))
			return true;
	}
	return false;
}

static bool gives_record_away(struct follow *w)
{
	const struct ir_func *f = w->f->ir;
	for (uint32_t i = 0; i < w->f->nr_calls; i++) {
		const struct call *call = &w->f->calls[i];
		const struct ir_op *op = &f->ops[call->op];
		/* what a pointer leads to is a function of the program: it is seen by itself */
		if (call->model || call->callee ||
			(op->flags & (IR_CALL_SYSTEM | IR_CALL_INDIRECT | IR_CALL_VIRTUAL)))
			continue;
		for (uint32_t k = 0; k < op->nr_args; k++) {
			uint32_t path =
				op->args[k] == IR_NONE ? NO_PATH : w->v->content[op->args[k]];
			if (path == NO_PATH && op->args[k] != IR_NONE)
				path = w->v->address[op->args[k]];
			if (path == NO_PATH || w->v->paths.at[path].kind != PATH_VAR)
				continue;
			if (is_of_record(f->vars[w->v->paths.at[path].var].type, w->own))
				return true;
		}
	}
	return false;
}

/* `*a = *b` and `{.span = s}` move fields that nobody names. */
static bool has_field(const struct ir_op *op, const char *field)
{
	return op->kind == IR_FIELD && str_eq(op->sym, field);
}

static void see_func(struct program *p, struct func *f, const char *field, struct kept_field *out)
{
	struct follow w = {.p = p, .f = f, .v = values_of(p, f), .own = field, .uses = out};
	bool mentions = false;
	for (uint32_t i = 0; i < f->ir->nr_ops; i++) {
		const struct ir_op *op = &f->ir->ops[i];
		if (has_field(op, field))
			vec_push(p->arena, &w.addresses, i);
		/* a record that is made or copied as a whole */
		out->may_end |= op->kind == IR_INIT && is_of_record(op->type, field) &&
				op->nr_args && strstr(op->sym, ir_simple_name(field)) != NULL;
		mentions |= has_field(op, field);
	}
	if (mentions) {
		run(&w);
		out->may_end |= w.ends || w.escapes || w.stored_in || f->ir->incomplete[0];
	}
	out->may_end |= gives_record_away(&w);
}

const struct kept_field *kept_field(struct program *p, const char *field)
{
	void **slot = map_slot(&p->kept, field);
	if (*slot)
		return *slot;
	struct kept_field *out = arena_new(p->arena, struct kept_field);
	*slot = out;
	for (size_t i = 0; i < p->funcs.nr && !out->may_end; i++)
		if (!(p->funcs.at[i]->ir->flags & IR_FUNC_SYSTEM))
			see_func(p, p->funcs.at[i], field, out);
	return out;
}

const char *kept_where(struct program *p, struct func *f, const struct span_site *s, uint32_t *op)
{
	struct follow w = {.p = p, .f = f, .v = values_of(p, f), .own = ""};
	bool is_put = false;
	for (size_t i = 0; i < s->walk->exits.nr; i++) {
		const struct walk_exit *e = &s->walk->exits.at[i];
		is_put |= e->kind == EXIT_RETURN && e->phase == SPAN_GONE;
		if (e->flags & (STATE_BY_ADDRESS | STATE_RETURNED))
			return NULL;
	}
	if (!is_put)
		return NULL;
	add(&w, s->op);
	run(&w);
	*op = w.stored_at;
	return w.escapes ? NULL : w.stored_in;
}
