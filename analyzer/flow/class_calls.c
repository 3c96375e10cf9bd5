/* Says of the methods of a class that stands for a span what a model would say, and gives their
 * calls that meaning. */
#include "flow/class_calls.h"

#include "base/str.h"
#include "flow/class_given.h"

#include <string.h>

static enum model_role role_of(struct program *p, const char *type)
{
	const struct model_type *t = models_type(p->models, type);
	return t ? t->role : ROLE_NONE;
}

/* Is the type the record, or a pointer to it that a class may keep: "std::unique_ptr<C::Impl>"? */
bool class_names_record(const char *type, const char *record)
{
	size_t n = strlen(record);
	for (const char *at = type; (at = strstr(at, record)); at++) {
		bool starts = at == type || strchr(" <", at[-1]);
		if (starts && (at[n] == '\0' || strchr(" *&>,", at[n])))
			return true;
	}
	return false;
}

bool op_is_maker(const struct ir_op *op)
{
	return str_eq(op->sym, "std::make_unique") || str_eq(op->sym, "std::make_shared");
}

/* ---- what a model would say ---- */

static struct class_call *add_call(
	struct program *p, const struct span_class *c, const struct func *f, enum model_effect e)
{
	struct class_call *call = arena_new(p->arena, struct class_call);
	call->of = c;
	call->func = f;
	call->call = (struct model_call){.match = f ? f->ir->name : "",
		.model = CLASS_MODEL,
		.effect = e,
		.span = MODEL_NONE,
		.name = MODEL_NONE,
		.key = MODEL_NONE,
		.value = MODEL_NONE,
		.attributes = MODEL_NONE,
		.kind = MODEL_NONE,
		.status = MODEL_NONE,
		.description = MODEL_NONE,
		.scope = MODEL_NONE,
		.value_type = ""};
	vec_push(p->arena, &p->classes->calls, call);
	if (f)
		p->classes->by_func[f->number] = &call->call;
	return call;
}

/* A method that no source shows. */
static struct model_call *add_implicit(
	struct program *p, const struct span_class *c, const char *method, enum model_effect e)
{
	struct model_call *m = &add_call(p, c, NULL, e)->call;
	m->match = arena_printf(p->arena, "%s::%s", c->name, method);
	map_put(&p->classes->by_name, m->match, m);
	return m;
}

static void describe_given(struct program *p, const struct span_class *c, struct func *f)
{
	bool is_made = f->ir->flags & IR_FUNC_CONSTRUCTOR;
	struct given g = class_given(p, c, f);
	struct model_call *m;
	if (g.kind == GIVEN_START) {
		struct class_call *made = add_call(p, c, f, EFFECT_START);
		m = &made->call;
		m->span = is_made ? MODEL_RESULT : 0;
		m->name = g.name;
		m->flags |= c->is_active ? MODEL_ACTIVATES : 0;
		made->in_place = *m;
		made->in_place.span = 0;
	} else if (g.kind == GIVEN_PARAM && is_made) {
		m = &add_call(p, c, f, EFFECT_ALIAS)->call;
		m->span = g.param;
		m->flags |= c->is_active ? MODEL_ACTIVATES : 0;
	} else if (g.kind == GIVEN_PARAM) {
		m = &add_call(p, c, f, EFFECT_SWAP)->call;
		m->span = 0;
		m->value = g.param;
	} else if (g.kind != GIVEN_NOTHING) {
		f->replaces_object = !is_made;
	}
}

/* Every way gives the object back, or the handle in it. `has_handle`: the latter. */
static bool gives_itself(
	struct program *p, const struct span_class *c, const struct func *f, bool *has_handle)
{
	bool returns = false;
	*has_handle = false;
	for (uint32_t i = 0; i < f->ir->nr_ops; i++) {
		const struct ir_op *op = &f->ir->ops[i];
		bool is_handle;
		if (op->kind != IR_RETURN)
			continue;
		if (!op->nr_args || !class_is_this(p, c, f, op->args[0], &is_handle))
			return false;
		*has_handle |= is_handle;
		returns = true;
	}
	return returns;
}

static bool is_operator(const struct span_class *c, const struct func *f, const char *name)
{
	return str_eq(f->ir->name + strlen(c->name) + 2, name);
}

/* Does it do anything to the span but hand it out? */
static bool has_effects(const struct func *f)
{
	for (uint32_t i = 0; i < f->nr_calls; i++) {
		const struct model_call *m = f->calls[i].model;
		if (m ? m->effect != EFFECT_ALIAS && m->effect != EFFECT_TELEMETRY
		      : f->calls[i].callee != NULL)
			return true;
	}
	return false;
}

/* `return Scope(span_);` */
static bool activates(struct program *p, const struct span_class *c, const struct func *f)
{
	if (role_of(p, f->ir->ret) != ROLE_SCOPE)
		return false;
	for (uint32_t i = 0; i < f->nr_calls; i++) {
		const struct ir_op *op = &f->ir->ops[f->calls[i].op];
		const struct model_call *m = f->calls[i].model;
		bool is_handle;
		if (m && m->effect == EFFECT_ACTIVATE && m->span >= 0 &&
			class_is_this(p, c, f, ir_call_arg(op, (unsigned)m->span), &is_handle))
			return true;
	}
	return false;
}

static void describe(struct program *p, const struct span_class *c, struct func *f)
{
	bool has_handle;
	if (f->ir->flags & IR_FUNC_DESTRUCTOR)
		return;
	if (is_operator(c, f, "operator=")) {
		struct model_call *m = &add_call(p, c, f, EFFECT_SWAP)->call;
		m->span = 0;
		m->value = 1;
	} else if (is_operator(c, f, "operator bool")) {
		add_call(p, c, f, EFFECT_ALIAS)->call.span = 0;
	} else if (!(f->ir->flags & IR_FUNC_CONSTRUCTOR) && gives_itself(p, c, f, &has_handle) &&
		   (role_of(p, f->ir->ret) == ROLE_SPAN)) {
		f->returns_object = true;
		if (!has_effects(f))
			add_call(p, c, f, EFFECT_ALIAS)->call.span = 0;
	} else if (activates(p, c, f)) {
		struct model_call *m = &add_call(p, c, f, EFFECT_ACTIVATE)->call;
		m->span = 0;
		m->scope = MODEL_RESULT;
	} else {
		describe_given(p, c, f);
	}
}

void class_calls_describe(struct program *p, struct span_class *c)
{
	bool assigns = false;
	add_implicit(p, c, ir_simple_name(c->name), EFFECT_TELEMETRY);
	for (size_t i = 0; i < c->methods.nr; i++) {
		describe(p, c, c->methods.at[i]);
		c->methods.at[i]->span_class = c;
		assigns |= is_operator(c, c->methods.at[i], "operator=");
	}
	if (!assigns) {
		struct model_call *m = add_implicit(p, c, "operator=", EFFECT_SWAP);
		m->span = 0;
		m->value = 1;
	}
}

/* ---- applying it ---- */

/* What a call makes out of its arguments: the type of its result, of the optional it fills. */
static const char *type_made(const struct ir_func *f, const struct ir_op *op)
{
	if (op_is_maker(op))
		return op->type;
	if (!str_eq(op->sym, "std::optional::emplace") || !op->nr_args || op->args[0] == IR_NONE ||
		f->ops[op->args[0]].kind != IR_VAR)
		return "";
	return f->vars[f->ops[op->args[0]].var].type;
}

/* std::make_unique<C>(…) does what the constructor that takes as many does. */
static const struct class_call *of_maker(
	const struct program *p, const struct ir_func *f, const struct ir_op *op)
{
	const struct class_call *found = NULL;
	const char *type = type_made(f, op);
	if (!type[0] || !classes_has(p, type))
		return NULL;
	for (size_t i = 0; i < p->classes->calls.nr; i++) {
		const struct class_call *c = p->classes->calls.at[i];
		if (!c->func || !(c->func->ir->flags & IR_FUNC_CONSTRUCTOR) ||
			c->func->ir->nr_params != ir_call_nr_args(op) + 1 ||
			!class_names_record(type, c->func->span_class->name))
			continue;
		if (found || c->call.effect != EFFECT_START)
			return NULL;
		found = c;
	}
	return found;
}

struct func *class_starter(const struct program *p, const struct func *f, const struct call *call)
{
	if (call->callee)
		return call->callee->span_class ? call->callee : NULL;
	const struct class_call *c = of_maker(p, f->ir, &f->ir->ops[call->op]);
	return c ? p->funcs.at[c->func->number] : NULL;
}

static const struct model_call *model_of(
	const struct program *p, const struct func *f, const struct call *call)
{
	const struct ir_op *op = &f->ir->ops[call->op];
	if (!call->callee) {
		const struct model_call *m = map_get(&p->classes->by_name, op->sym);
		bool is_default = !(op->flags & IR_CALL_CONSTRUCT) || !op->nr_args;
		const struct class_call *maker = of_maker(p, f->ir, op);
		if (maker)
			return op_is_maker(op) ? &maker->call : &maker->in_place;
		return is_default ? m : NULL;
	}
	const struct model_call *m = p->classes->by_func[call->callee->number];
	const struct span_class *c = call->callee->span_class;
	/* a constructor or method that another one of the class goes on to: its caller is told */
	if (m && m->effect == EFFECT_START && c &&
		(f->span_class == c || op_makes_own_object(f->ir, call->op)))
		return NULL;
	return m;
}

void class_calls_apply(struct program *p)
{
	for (size_t i = 0; i < p->funcs.nr; i++) {
		struct func *f = p->funcs.at[i];
		for (uint32_t k = 0; k < f->nr_calls; k++)
			if (!f->calls[k].model)
				f->calls[k].model = model_of(p, f, &f->calls[k]);
	}
}
