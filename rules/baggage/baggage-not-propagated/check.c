/* baggage-not-propagated: an entry is set, and no request takes it along. */
#include "base/str.h"
#include "engine/tell.h"
#include "flow/pairs.h"
#include "flow/strings.h"

#include <string.h>

void rule_baggage_not_propagated(struct rule_run *run);

/* ---- a result that nobody uses ---- */

static bool makes_baggage(struct rule_run *run, const struct model_call *m, const struct ir_op *op)
{
	if (m->effect != EFFECT_BAGGAGE_SET && m->effect != EFFECT_ALIAS)
		return false;
	if (strstr(op->type, "baggage::Baggage"))
		return m->effect == EFFECT_BAGGAGE_SET;
	const struct model_type *t = models_type(run->program->models, op->type);
	return t && t->role == ROLE_CONTEXT &&
	       (m->effect == EFFECT_BAGGAGE_SET || str_eq(ir_simple_name(op->sym), "SetBaggage"));
}

/* Reading it, copying it, giving it back: nothing that would send it anywhere. */
static bool is_idle(struct rule_run *run, struct func *f, uint32_t number)
{
	const struct ir_op *op = &f->ir->ops[number];
	const struct call *c = func_call(f, number);
	const char *name = ir_simple_name(op->sym);
	(void)run;
	return (c && c->model && c->model->effect == EFFECT_BAGGAGE_GET) ||
	       str_eq(name, "ctel_ctx_release") || str_eq(name, "GetValue") ||
	       str_eq(name, "operator->");
}

static bool is_used(struct rule_run *run, struct func *f, uint32_t var, uint32_t made)
{
	const struct values *v = values_of(run->program, f);
	for (uint32_t i = 0; i < f->ir->nr_ops; i++) {
		const struct ir_op *op = &f->ir->ops[i];
		for (uint32_t k = 0; k < op->nr_args; k++) {
			ir_value arg = op->args[k];
			if (arg == IR_NONE || i == made)
				continue;
			uint32_t path =
				v->content[arg] != NO_PATH ? v->content[arg] : v->address[arg];
			if (path == NO_PATH || path_root_var(v, path) != var ||
				op->kind == IR_LOAD || op->kind == IR_COPY ||
				op->kind == IR_FIELD || (op->kind == IR_STORE && k == 0))
				continue;
			if (op->kind != IR_CALL || !is_idle(run, f, i))
				return true;
		}
	}
	return false;
}

static bool is_made_by(const struct ir_func *f, ir_value value, uint32_t made)
{
	while (value != made && f->ops[value].kind == IR_COPY && f->ops[value].args[0] != IR_NONE)
		value = f->ops[value].args[0];
	return value == made;
}

/* The local variable that alone holds what the call made; IR_NONE: it goes elsewhere. */
static uint32_t holder_of(struct rule_run *run, struct func *f, uint32_t made)
{
	const struct values *v = values_of(run->program, f);
	for (uint32_t i = made + 1; i < f->ir->nr_ops; i++) {
		const struct ir_op *op = &f->ir->ops[i];
		if (op->kind != IR_STORE || op->args[1] == IR_NONE || op->args[0] == IR_NONE ||
			!is_made_by(f->ir, op->args[1], made))
			continue;
		uint32_t path = v->address[op->args[0]];
		if (path == NO_PATH || v->paths.at[path].kind != PATH_VAR ||
			!v->paths.at[path].is_local)
			return IR_NONE;
		const struct ir_var *var = &f->ir->vars[v->paths.at[path].var];
		bool is_shared = var->flags & (IR_VAR_PARAM | IR_VAR_CAPTURED | IR_VAR_STATIC |
						      IR_VAR_SYNTHETIC | IR_VAR_REFERENCE);
		return is_shared ? IR_NONE : v->paths.at[path].var;
	}
	return IR_NONE;
}

static void check_result(struct rule_run *run, struct func *f, const struct call *call)
{
	const struct ir_op *op = &f->ir->ops[call->op];
	const struct model_call *m = call->model;
	if (!m || !makes_baggage(run, m, op))
		return;
	bool is_baggage = strstr(op->type, "baggage::Baggage") != NULL;
	bool is_lost = is_baggage && (op->flags & IR_CALL_DISCARDED);
	uint32_t var = is_lost ? IR_NONE : holder_of(run, f, call->op);
	if (!is_lost && (var == IR_NONE || is_used(run, f, var, call->op)))
		return;
	const char *name = ir_simple_name(op->sym);
	tell(run, f, &op->loc, name,
		is_lost ? tell_text(run, "the baggage that %s() returns is thrown away", name)
			: tell_text(run,
				  "baggage is set in \"%s\", which is neither made current nor "
				  "injected",
				  f->ir->vars[var].name),
		"baggage does not change, a new one is returned: the entry is in none that any "
		"request takes along",
		is_baggage ? "put what it returns into a context with SetBaggage, and attach that"
			   : "attach the context, or inject it into the request",
		NULL);
}

/* ---- a program that sends none ---- */

struct survey {
	struct func *setter;
	uint32_t op;
	const char *key;
	struct func *sender; /* of an outgoing request */
	uint32_t request;
	bool has_main, injects, reads, by_hand;
	bool sets_propagator, has_baggage_propagator;
};

static void see_set(struct rule_run *run, struct survey *s, struct func *f, const struct call *call)
{
	const struct pairs *pairs = pairs_of(run->program, f, call);
	for (size_t n = 0; n < pairs->all.nr && !s->setter; n++) {
		if (pairs->all.at[n].effect != EFFECT_BAGGAGE_SET)
			continue;
		s->setter = f;
		s->op = call->op;
		s->key = pairs->all.at[n].text;
	}
}

static void see_call(
	struct rule_run *run, struct survey *s, struct func *f, const struct call *call)
{
	const struct ir_op *op = &f->ir->ops[call->op];
	const struct model_call *m = call->model;
	if (!(f->ir->flags & IR_FUNC_SYSTEM))
		see_set(run, s, f, call);
	s->injects |= m && m->effect == EFFECT_INJECT;
	s->reads |= m && m->effect == EFFECT_BAGGAGE_GET;
	s->sets_propagator |= strstr(op->sym, "SetGlobalPropagator") != NULL;
	s->has_baggage_propagator |=
		strstr(op->sym, "BaggagePropagator") || strstr(op->type, "BaggagePropagator");
	if (!m && !call->callee && call->io->is_outgoing_request &&
		str_eq(call->io->kind, "http client") && !s->sender) {
		s->sender = f;
		s->request = call->op;
	}
}

static void see_texts(struct survey *s, const struct func *f)
{
	for (uint32_t i = 0; i < f->ir->nr_ops; i++) {
		const struct ir_op *op = &f->ir->ops[i];
		if (op->kind == IR_CONST && op->sub == IR_LIT_STRING)
			s->by_hand |= str_has_prefix(op->sym, "baggage") ||
				      str_has_prefix(op->sym, "Baggage") ||
				      str_has_prefix(op->sym, "traceparent");
	}
}

static void report_program(struct rule_run *run, const struct survey *s)
{
	const struct ir_op *set = &s->setter->ir->ops[s->op];
	bool lacks_propagator = s->injects;
	struct story story = {0};
	story_add(run, &story, &set->loc, "baggage is set here");
	if (!lacks_propagator)
		story_add(run, &story, &s->sender->ir->ops[s->request].loc,
			"a request leaves, and nothing is injected into it");
	tell(run, s->setter, &set->loc, s->key ? s->key : "",
		lacks_propagator
			? "baggage is set, and the program's propagators do not include one for it"
			: "baggage is set, and no request of this program takes it along",
		"the services further on do not get the entry: what they record lacks it, and "
		"nothing says so",
		lacks_propagator ? "make the global propagator a composite of trace context and "
				   "baggage"
				 : "inject the context that holds it into the headers of requests",
		&story);
}

void rule_baggage_not_propagated(struct rule_run *run)
{
	struct survey s = {0};
	for (size_t i = 0; i < run->program->funcs.nr; i++) {
		struct func *f = run->program->funcs.at[i];
		s.has_main |= (f->ir->flags & IR_FUNC_MAIN) != 0;
		see_texts(&s, f);
		for (uint32_t k = 0; k < f->nr_calls; k++) {
			see_call(run, &s, f, &f->calls[k]);
			if (!(f->ir->flags & (IR_FUNC_SYSTEM | IR_FUNC_TEMPLATE)) &&
				!f->ir->incomplete[0])
				check_result(run, f, &f->calls[k]);
		}
	}
	if (!s.setter || !s.has_main || s.by_hand || tell_has(run, &s.setter->ir->ops[s.op].loc))
		return;
	bool sends_none = !s.injects && s.sender && !s.reads;
	bool lacks_propagator = s.injects && s.sets_propagator && !s.has_baggage_propagator;
	if (sends_none || lacks_propagator)
		report_program(run, &s);
}
