/* The span typestate: how each op moves a path's state. */
#include "flow/effects.h"

#include "base/str.h"
#include "flow/attributes.h"
#include "flow/callee.h"
#include "flow/classes.h"
#include "flow/cost.h"
#include "flow/places.h"
#include "flow/scope_effects.h"
#include "flow/status.h"
#include "flow/summary.h"

#include <string.h>

enum carry { CARRY_NONE, CARRY_VALUE, CARRY_ADDRESS };

static const struct ir_op *op_at(const struct effects *fx, uint32_t number)
{
	return &fx->func->ir->ops[number];
}

/* ---- who holds the span ---- */

/* A variable that is itself the handle, as shared_ptr<Span> is: methods and references take its
 * address where C passes the pointer. */
static bool is_class_handle(const struct effects *fx, uint32_t path)
{
	const struct path *p = &fx->values->paths.at[path];
	if (p->kind != PATH_VAR)
		return false;
	const char *type = fx->func->ir->vars[p->var].type;
	const struct model_type *t = models_type(fx->program->models, type);
	enum model_role wanted = fx->query->subject == WALK_SCOPE ? ROLE_SCOPE : ROLE_SPAN;
	return t && t->role == wanted && !str_has_suffix(type, "*");
}

static bool is_current_call(const struct effects *fx, ir_value v)
{
	const struct call *c = func_call(fx->func, v);
	return c && c->model && c->model->effect == EFFECT_CURRENT;
}

static bool is_current_handle(const struct effects *fx, ir_value v)
{
	if (v == IR_NONE)
		return false;
	if (is_current_call(fx, fx->values->origin[v]))
		return true;
	uint32_t path = fx->values->content[v];
	if (path == NO_PATH)
		path = fx->values->address[v];
	return path != NO_PATH && fx->is_current[path];
}

static bool holds_inside(const struct effects *fx, const struct state *s, uint32_t path)
{
	for (uint32_t i = 0; path != NO_PATH && i < s->nr_holders; i++)
		if (path_is_within(fx->values, s->holders[i], path))
			return true;
	return false;
}

static enum carry carries(const struct effects *fx, const struct state *s, ir_value v)
{
	if (v == IR_NONE || s->phase == SPAN_BEFORE || s->phase == SPAN_FAILED)
		return CARRY_NONE;
	const struct values *vals = fx->values;
	if (s->subject != IR_NONE && vals->origin[v] == s->subject &&
		!(s->flags & STATE_BY_ADDRESS))
		return CARRY_VALUE;
	if (fx->query->subject == WALK_CURRENT && is_current_handle(fx, v))
		return CARRY_VALUE;
	uint32_t content = vals->content[v], address = vals->address[v];
	if (content != NO_PATH && state_holds(s, content))
		return CARRY_VALUE;
	if (address != NO_PATH && state_holds(s, address))
		return is_class_handle(fx, address) ? CARRY_VALUE : CARRY_ADDRESS;
	if (holds_inside(fx, s, address) || holds_inside(fx, s, content))
		return CARRY_ADDRESS;
	const struct ir_op *op = op_at(fx, v);
	if (op->kind == IR_CALL && (op->flags & IR_CALL_CONSTRUCT) && op->nr_args == 1) {
		const struct model_type *t = models_type(fx->program->models, op->type);
		if (t && t->role == ROLE_SPAN)
			return carries(fx, s, op->args[0]);
	}
	return CARRY_NONE;
}

bool effects_carries(const struct effects *fx, const struct state *s, ir_value value)
{
	return carries(fx, s, value) != CARRY_NONE;
}

bool effects_is_handle(const struct effects *fx, const struct state *s, ir_value value)
{
	return carries(fx, s, value) == CARRY_VALUE;
}

/* The span ends by itself when its last handle is destroyed. */
bool effects_ends_itself(const struct effects *fx, const struct state *s)
{
	if (s->subject == IR_NONE)
		return false;
	const struct call *c = func_call(fx->func, s->subject);
	return c && call_ends_itself(fx->program, fx->func, c);
}

/* The type of the handle that a start makes, or fills: `Timer t; t.begin("x");` */
static const char *started_type(struct program *p, struct func *f, const struct call *call)
{
	const struct ir_op *op = &f->ir->ops[call->op];
	const struct model_call *m = call->model;
	if (!m || m->span < 0)
		return op->type;
	ir_value handle = ir_call_arg(op, (unsigned)m->span);
	const struct values *v = values_of(p, f);
	uint32_t path = handle == IR_NONE ? NO_PATH : v->address[handle];
	if (path == NO_PATH && handle != IR_NONE)
		path = v->content[handle];
	if (path == NO_PATH || v->paths.at[path].kind != PATH_VAR)
		return "";
	return f->ir->vars[v->paths.at[path].var].type;
}

bool call_ends_itself(struct program *p, struct func *f, const struct call *call)
{
	if (call->model && (call->model->flags & MODEL_AUTO_END))
		return true;
	const struct model_type *t = models_type(p->models, started_type(p, f, call));
	return t && t->ends_on_destroy;
}

/* A place that held the span is about to hold something else. */
static enum effect_event drop(struct effects *fx, struct state *s, uint32_t path)
{
	if (!state_drop_holders(s, fx->values, path) || s->nr_holders || s->phase != SPAN_OPEN)
		return EVENT_NONE;
	if (effects_ends_itself(fx, s)) {
		s->phase = SPAN_ENDED;
		return EVENT_NONE;
	}
	if (fx->query->subject == WALK_SITE || fx->query->subject == WALK_FIRST)
		return EVENT_LOST;
	s->phase = SPAN_GONE;
	return EVENT_NONE;
}

/* `from` becomes the content of a place; NO_PATH: of one we do not follow. */
static enum effect_event put(struct effects *fx, struct state *s, uint32_t path, ir_value from)
{
	enum carry c = carries(fx, s, from);
	if (c == CARRY_NONE)
		return path == NO_PATH ? EVENT_NONE : drop(fx, s, path);
	if (c == CARRY_ADDRESS) {
		/* a pointer to the handle that stands for it does not give it away */
		bool stands_for_it = path != NO_PATH &&
				     fx->values->paths.at[path].kind == PATH_VAR &&
				     fx->values->bound[fx->values->paths.at[path].var] != IR_NONE;
		if (!stands_for_it)
			s->phase = SPAN_GONE;
	} else if (path != NO_PATH && path == fx->out_path) {
		s->flags |= STATE_PUT_OUT;
		if (!state_add_holder(s, path))
			s->phase = SPAN_GONE;
	} else if (s->phase != SPAN_GONE) {
		/* the elements of an array are one place to us: what holds several spans is let go
		 */
		bool stays = path != NO_PATH && fx->values->paths.at[path].is_local &&
			     !path_is_element(fx->values, path);
		if (!stays || !state_add_holder(s, path))
			s->phase = s->phase == SPAN_OPEN ? SPAN_GONE : s->phase;
	}
	return EVENT_NONE;
}

/* ---- calls ---- */

static bool is_subject_start(const struct effects *fx, const struct state *s, uint32_t op)
{
	if (fx->query->subject == WALK_SITE || fx->query->subject == WALK_OUT)
		return op == fx->query->op;
	if (fx->query->subject == WALK_FIRST)
		return s->phase == SPAN_BEFORE || s->subject == op;
	return false;
}

/* The start has put the handle where an argument points to, and its result tells whether it has:
 * from here on there are two paths. */
static void put_into_argument(
	struct effects *fx, struct state *s, ir_value to, const struct out_summary *out)
{
	uint32_t path = to == IR_NONE ? NO_PATH : fx->values->address[to];
	if (path != NO_PATH && out->field)
		path = path_find(fx->values, PATH_FIELD, path, out->field);
	s->flags |= STATE_BY_ADDRESS;
	if (path == NO_PATH || !fx->values->paths.at[path].is_local ||
		path_is_element(fx->values, path)) {
		s->phase = SPAN_GONE;
		return;
	}
	state_forget(s, fx->values, path);
	s->result_of = out->failed ? s->subject + 1 : 0;
	s->result_signs = out->failed ? out->ok : 0;
	if (out->failed) {
		fx->fork = *s;
		fx->fork.phase = SPAN_FAILED;
		fx->fork.result_signs = out->failed;
		fx->has_fork = true;
	}
	state_add_holder(s, path);
}

static enum effect_event start(struct effects *fx, struct state *s, const struct call *call)
{
	const struct ir_op *op = op_at(fx, call->op);
	bool again = s->phase == SPAN_OPEN && s->subject == call->op && !effects_ends_itself(fx, s);
	s->phase = SPAN_OPEN;
	s->subject = call->op;
	s->keys = 0;
	s->flags &= (uint32_t)STATE_WORKED;
	memset(s->holders, 0, sizeof(s->holders));
	s->nr_holders = 0;
	const struct model_call *m = call->model;
	if (m && m->effect == EFFECT_START) {
		attributes_apply(fx, s, call);
		if (m->span >= 0) {
			bool may_fail = m->flags & MODEL_MAY_FAIL;
			struct out_summary out = {.ok = may_fail ? SIGN_ZERO : SIGN_ANY,
				.failed = may_fail ? SIGN_NONZERO : 0};
			put_into_argument(fx, s, ir_call_arg(op, (unsigned)m->span), &out);
		}
		struct func *starter = class_starter(fx->program, fx->func, call);
		if (starter)
			attributes_add(fx, s, summary_made(fx->program, starter), call->op);
	} else if (call->callee && summary_return(fx->program, call->callee)->is_span) {
		attributes_add(fx, s, &summary_return(fx->program, call->callee)->keys, call->op);
	} else if (call->callee) {
		const struct out_summary *out = summary_out(fx->program, call->callee);
		attributes_add(fx, s, &out->keys, call->op);
		put_into_argument(
			fx, s, out->param < op->nr_args ? op->args[out->param] : IR_NONE, out);
	}
	return again ? EVENT_RESTART : EVENT_NONE;
}

static enum effect_event end(
	struct effects *fx, struct state *s, const struct model_call *m, ir_value handle)
{
	if (s->phase == SPAN_OPEN)
		s->phase = SPAN_ENDED;
	if (m->flags & MODEL_RELEASES)
		s->flags |= STATE_RELEASED;
	if ((m->flags & MODEL_NULLS) && handle != IR_NONE) {
		uint32_t path = fx->values->address[handle];
		if (path != NO_PATH && state_holds(s, path)) {
			state_drop_holders(s, fx->values, path);
			state_learn(s, fx->values, path, (struct known){SIGN_ZERO, NULL});
		}
		s->flags |= STATE_CLEARED;
	}
	return EVENT_NONE;
}

/* An exception that leaves the status alone counts as an error, too. */
static void set_status(struct state *s, enum status status, enum model_effect effect)
{
	if (status == STATUS_ERROR || effect == EFFECT_EXCEPTION)
		s->flags |= STATE_ERROR_STATUS;
	else if (status == STATUS_UNKNOWN)
		s->flags |= STATE_MAYBE_ERROR;
	else if (status == STATUS_OK)
		s->flags |= STATE_OK_STATUS;
}

/* A modelled call that acts on the span in question. */
static enum effect_event apply_model(
	struct effects *fx, struct state *s, const struct call *call, ir_value handle)
{
	const struct model_call *m = call->model;
	const struct ir_op *op = op_at(fx, call->op);
	set_status(s, status_of(fx->values, m, op), m->effect);
	switch (m->effect) {
	case EFFECT_END:
		return end(fx, s, m, handle);
	case EFFECT_RELEASE:
		s->flags |= STATE_RELEASED;
		if (m->flags & MODEL_IMPLIES_END)
			return end(fx, s, m, handle);
		s->phase = s->phase == SPAN_OPEN ? SPAN_GONE : s->phase;
		return EVENT_NONE;
	case EFFECT_ATTRIBUTE:
	case EFFECT_EXCEPTION:
		attributes_apply(fx, s, call);
		return EVENT_NONE;
	case EFFECT_KEEP:
		s->phase = SPAN_GONE;
		return EVENT_NONE;
	case EFFECT_SWAP:
		if (handle != IR_NONE && fx->values->address[handle] != NO_PATH)
			return drop(fx, s, fx->values->address[handle]);
		return EVENT_NONE;
	default:
		return EVENT_NONE;
	}
}

static bool is_busy(const struct effects *fx, const struct call *call)
{
	(void)fx;
	if (call->model)
		return false;
	if (call->callee)
		return call->callee->cost ? !cost_is_short(call->callee->cost) : true;
	return call->io->cost == COST_UNKNOWN || call->io->cost >= COST_COMPUTE;
}

/* OUT, in a method of a class that stands for a span: the object's own member. */
static bool is_object_of_out(const struct effects *fx, ir_value to)
{
	return fx->query->subject == WALK_OUT && fx->out_path != NO_PATH && to != IR_NONE &&
	       class_of_field(fx->program, op_at(fx, to)) &&
	       fx->values->content[to] == fx->out_path;
}

static uint32_t place_filled(const struct effects *fx, ir_value handle)
{
	return is_object_of_out(fx, handle) ? fx->out_path : fx->values->address[handle];
}

static ir_value handle_of(const struct model_call *m, const struct ir_op *op)
{
	return m->span >= 0 ? ir_call_arg(op, (unsigned)m->span) : IR_NONE;
}

/* `timer.begin("b")`: the object holds another span from here on. What it does with the one before
 * is for it to know. */
static void restart(struct effects *fx, struct state *s, ir_value handle)
{
	uint32_t path = fx->values->address[handle];
	if (path == NO_PATH || !state_drop_holders(s, fx->values, path) || s->nr_holders)
		return;
	if (s->phase == SPAN_OPEN)
		s->phase = effects_ends_itself(fx, s) ? SPAN_ENDED : SPAN_GONE;
}

static enum effect_event run_call(struct effects *fx, struct state *s, uint32_t number)
{
	const struct call *call = func_call(fx->func, number);
	const struct ir_op *op = op_at(fx, number);
	if (fx->query->subject == WALK_SCOPE)
		return scope_effects_run(fx, s, call);
	if (is_busy(fx, call))
		s->flags |= STATE_WORKED;
	if (call_starts_span(fx->program, fx->func, call) && is_subject_start(fx, s, number))
		return start(fx, s, call);
	const struct model_call *m = call->model;
	if (m) {
		ir_value handle = handle_of(m, op);
		ir_value from = m->effect == EFFECT_SWAP && m->value > 0
					? ir_call_arg(op, (unsigned)m->value)
					: IR_NONE;
		if (handle != IR_NONE && carries(fx, s, from) != CARRY_NONE)
			return put(fx, s, place_filled(fx, handle), from);
		bool is_ours = carries(fx, s, handle) != CARRY_NONE;
		if (is_ours && m->effect == EFFECT_START) {
			restart(fx, s, handle);
			return EVENT_NONE;
		}
		if (!is_ours && s->phase == SPAN_OPEN && m->effect != EFFECT_END)
			is_ours = (m->flags & MODEL_ON_CURRENT) || is_current_handle(fx, handle);
		return is_ours ? apply_model(fx, s, call, handle) : EVENT_NONE;
	}
	callee_run(fx, s, call);
	if (call->callee && s->phase == SPAN_OPEN)
		attributes_add(fx, s, summary_current(fx->program, call->callee), number);
	/* what a callee may write through an address is no longer known */
	for (uint32_t k = 0; k < op->nr_args; k++)
		if (op->args[k] != IR_NONE && fx->values->address[op->args[k]] != NO_PATH)
			state_forget(s, fx->values, fx->values->address[op->args[k]]);
	if (fx->cleared != NO_PATH)
		state_learn(s, fx->values, fx->cleared, (struct known){SIGN_ZERO, NULL});
	return EVENT_NONE;
}

/* ---- the other ops ---- */

/* The same field of a record that may be the same record. */
static bool is_namesake(const struct effects *fx, uint32_t path)
{
	const struct path *place = &fx->values->paths.at[fx->query->place];
	if (path == NO_PATH)
		return true;
	const struct path *at = &fx->values->paths.at[path];
	return path != fx->query->place && at->kind == PATH_FIELD && str_eq(at->sym, place->sym);
}

static enum effect_event run_store(struct effects *fx, struct state *s, const struct ir_op *op)
{
	ir_value to = op->args[0], from = op->args[1];
	uint32_t path = place_behind(fx->values, to);
	if (path == NO_PATH && to != IR_NONE && fx->out_var != NO_PATH &&
		fx->values->content[to] == fx->out_var)
		path = fx->out_path;
	if (is_object_of_out(fx, to))
		path = fx->out_path;
	bool is_handle = carries(fx, s, from) != CARRY_NONE;
	if (fx->query->subject == WALK_PLACE && is_namesake(fx, path))
		s->phase = SPAN_GONE;
	enum effect_event event = put(fx, s, path, from);
	if (path != NO_PATH) {
		struct known k = state_eval(s, fx->values, from);
		state_forget(s, fx->values, path);
		if (fx->query->subject == WALK_PLACE && path == fx->query->place)
			s->flags = k.signs == SIGN_ZERO ? s->flags | STATE_CLEARED
							: s->flags & ~(uint32_t)STATE_CLEARED;
		if (!is_handle)
			state_learn(s, fx->values, path, k);
	}
	return event;
}

static void run_escape(struct effects *fx, struct state *s, const struct ir_op *op)
{
	for (uint32_t i = 0; i < op->nr_args; i++)
		if (carries(fx, s, op->args[i]) != CARRY_NONE && s->phase == SPAN_OPEN)
			s->phase = SPAN_GONE;
}

/* The value returned may be the span, or the record that holds it. */
static void give_to_caller(struct effects *fx, struct state *s, const struct ir_op *op)
{
	if (!op->nr_args || carries(fx, s, op->args[0]) == CARRY_NONE)
		return;
	s->flags |= STATE_RETURNED;
	if (s->phase == SPAN_OPEN)
		s->phase = SPAN_GONE;
}

/* `return span;` copies or moves the handle out before its variable goes. */
static enum effect_event run_scope_end(struct effects *fx, struct state *s, uint32_t number)
{
	const struct ir_op *op = op_at(fx, number);
	while (op_at(fx, number)->kind == IR_SCOPE_END)
		number++;
	if (op_at(fx, number)->kind == IR_RETURN)
		give_to_caller(fx, s, op_at(fx, number));
	for (uint32_t i = 0; i < fx->values->paths.nr; i++)
		if (fx->values->paths.at[i].kind == PATH_VAR &&
			fx->values->paths.at[i].var == op->var) {
			/* a class around a raw handle: its destructor does what it does */
			if (state_holds(s, i) && s->phase == SPAN_OPEN &&
				!effects_ends_itself(fx, s))
				s->phase = SPAN_GONE;
			return drop(fx, s, i);
		}
	return EVENT_NONE;
}

enum effect_event effects_run(struct effects *fx, struct state *s, uint32_t number)
{
	const struct ir_op *op = op_at(fx, number);
	switch (op->kind) {
	case IR_CALL:
		return run_call(fx, s, number);
	case IR_STORE:
		return run_store(fx, s, op);
	case IR_SCOPE_END:
		return run_scope_end(fx, s, number);
	case IR_INIT:
	case IR_LAMBDA:
	case IR_CALC:
	case IR_UNKNOWN:
		run_escape(fx, s, op);
		return EVENT_NONE;
	default:
		return EVENT_NONE;
	}
}

void effects_return(struct effects *fx, struct state *s, uint32_t number)
{
	give_to_caller(fx, s, op_at(fx, number));
	if (s->phase == SPAN_OPEN && effects_ends_itself(fx, s))
		s->phase = SPAN_ENDED;
}

/* ---- set-up ---- */

bool call_starts_span(struct program *p, struct func *f, const struct call *call)
{
	(void)f;
	if (call->model)
		return call->model->effect == EFFECT_START;
	return call->callee &&
	       (summary_return(p, call->callee)->is_span || summary_out(p, call->callee)->is_span);
}

/* The parameter, and the place behind it where the function reads that, too. */
static void find_out(struct effects *fx)
{
	const struct values *v = fx->values;
	for (uint32_t i = 0; i < v->paths.nr; i++)
		if (v->paths.at[i].kind == PATH_VAR && v->paths.at[i].var == fx->query->param)
			fx->out_var = fx->out_path = i;
	for (uint32_t i = 0; i < v->paths.nr; i++)
		if (v->paths.at[i].kind == PATH_DEREF && v->paths.at[i].base == fx->out_var)
			fx->out_path = i;
}

/* `op_start(&op)` puts a span into op.span, which this function may never mention. */
static void add_filled_fields(struct program *p, struct func *f)
{
	for (uint32_t i = 0; i < f->nr_calls; i++) {
		const struct call *call = &f->calls[i];
		const struct ir_op *op = &f->ir->ops[call->op];
		if (call->model || !call->callee)
			continue;
		const struct out_summary *out = summary_out(p, call->callee);
		if (!out->is_span || !out->field || out->param >= op->nr_args ||
			op->args[out->param] == IR_NONE)
			continue;
		uint32_t base = f->values->address[op->args[out->param]];
		if (base != NO_PATH)
			path_add_field(p, f, base, out->field);
	}
}

void effects_init(struct effects *fx, struct program *p, struct func *f,
	const struct walk_query *query, struct walk *w)
{
	*fx = (struct effects){.program = p, .func = f, .query = query, .walk = w};
	fx->values = values_of(p, f);
	add_filled_fields(p, f);
	fx->other_path = fx->out_var = fx->out_path = NO_PATH;
	if (query->subject == WALK_OUT && query->place != NO_PATH)
		fx->out_path = query->place;
	else if (query->subject == WALK_OUT)
		find_out(fx);
	fx->is_current = arena_array(p->arena, bool, fx->values->paths.nr);
	for (uint32_t i = 0; i < f->ir->nr_ops; i++) {
		const struct ir_op *op = op_at(fx, i);
		if (op->kind != IR_STORE || op->args[0] == IR_NONE || op->args[1] == IR_NONE)
			continue;
		uint32_t path = fx->values->address[op->args[0]];
		if (query->subject == WALK_SCOPE && fx->values->origin[op->args[1]] == query->other)
			fx->other_path = path;
		if (path != NO_PATH && is_current_call(fx, fx->values->origin[op->args[1]]))
			fx->is_current[path] = true;
	}
}

void effects_entry(struct effects *fx, struct state *s)
{
	memset(s, 0, sizeof(*s));
	s->phase = SPAN_BEFORE;
	s->subject = IR_NONE;
	if (fx->query->subject == WALK_CURRENT)
		s->phase = SPAN_OPEN;
	if (fx->query->subject != WALK_PARAM && fx->query->subject != WALK_PLACE)
		return;
	s->phase = SPAN_OPEN;
	if (fx->query->subject == WALK_PLACE) {
		state_add_holder(s, fx->query->place);
		return;
	}
	for (uint32_t i = 0; i < fx->values->paths.nr; i++)
		if (fx->values->paths.at[i].kind == PATH_VAR &&
			fx->values->paths.at[i].var == fx->query->param)
			state_add_holder(s, i);
}
