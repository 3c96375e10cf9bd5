/* Finds the classes of the program that stand for a span, round by round: a class around another
 * one of them is one, too. */
#include "flow/classes.h"

#include "base/str.h"
#include "flow/class_calls.h"
#include "flow/class_work.h"
#include "flow/summary.h"

#include <string.h>

#define MAX_ROUNDS 4

/* A record that has a member with a span in it. */
struct candidate {
	const char *record;
	const char *field; /* NULL: several, and nobody can say which is meant */
	const char *type;
	bool has_span, has_scope, is_ambiguous;
};

struct inference {
	struct program *p;
	struct arena scratch;
	struct map records; /* → struct candidate */
	struct map methods; /* record → VEC of functions */
	struct map
		parts; /* nested record → the FIELD op of the class around it that points to it */
};

struct method_list {
	VEC(struct func *) all;
};

/* "ns::C" of "ns::C::f", "ns::C::operator ns::D". */
static const char *record_of(struct arena *a, const char *name)
{
	const char *op = strstr(name, "::operator"), *last = op;
	if (!op)
		for (const char *at = name; (at = strstr(at, "::")); at += 2)
			last = at;
	return last ? arena_strndup(a, name, (size_t)(last - name)) : "";
}

static enum model_role role_of(struct program *p, const char *type)
{
	const struct model_type *t = models_type(p->models, type);
	return t ? t->role : ROLE_NONE;
}

const struct span_class *class_of_field(const struct program *p, const struct ir_op *op)
{
	if (!p->classes || op->kind != IR_FIELD)
		return NULL;
	const struct span_class *c = map_get(&p->classes->fields, op->sym);
	return c && c->is_accepted ? c : NULL;
}

const char *class_pattern(const struct span_class *c, size_t i, struct arena *a)
{
	static const char *const patterns[CLASS_PATTERNS] = {"%s", "std::unique_ptr<%s>",
		"std::unique_ptr<%s, *>", "std::shared_ptr<%s>", "std::optional<%s>"};
	const char *at = strchr(patterns[i], '%');
	return arena_printf(a, "%.*s%s%s", (int)(at - patterns[i]), patterns[i], c->name, at + 2);
}

bool classes_has(const struct program *p, const char *type)
{
	const struct model_type *t = p->classes->all.nr ? models_type(p->models, type) : NULL;
	return t && str_eq(t->model, CLASS_MODEL);
}

/* ---- who may be one ---- */

/* A pointer or a reference: its end is not that of the span. */
static bool is_raw(const char *type)
{
	return str_has_suffix(type, "*") || str_has_suffix(type, "&");
}

/* A member that is only initialised: its type is that of what it is given. */
static const char *type_given(const struct ir_func *f, ir_value v)
{
	while (v != IR_NONE && (f->ops[v].kind == IR_COPY || f->ops[v].kind == IR_LOAD))
		v = f->ops[v].args[0];
	if (v == IR_NONE)
		return "";
	return f->ops[v].kind == IR_VAR ? f->vars[f->ops[v].var].type : f->ops[v].type;
}

static void see_field(struct inference *in, const struct ir_op *op, const char *type)
{
	enum model_role role = role_of(in->p, type);
	if (role != ROLE_SPAN && role != ROLE_SCOPE)
		return;
	const char *record = record_of(&in->scratch, op->sym);
	void **slot = record[0] ? map_slot(&in->records, record) : NULL;
	if (!slot)
		return;
	struct candidate *c = *slot;
	if (!c) {
		*slot = c = arena_new(&in->scratch, struct candidate);
		c->record = record;
	}
	if (role == ROLE_SCOPE) {
		c->has_scope = true;
	} else {
		c->is_ambiguous |= c->field && !str_eq(c->field, op->sym);
		if (c->field && str_eq(c->field, op->sym) && !is_raw(c->type))
			return;
		c->has_span = true;
		c->field = op->sym;
		c->type = type;
	}
}

static void collect(struct inference *in)
{
	map_init(&in->records, &in->scratch);
	for (size_t i = 0; i < in->p->funcs.nr; i++) {
		const struct ir_func *f = in->p->funcs.at[i]->ir;
		for (uint32_t k = 0; k < f->nr_ops; k++) {
			const struct ir_op *op = &f->ops[k];
			const struct ir_op *to = op->kind == IR_STORE && op->args[0] != IR_NONE
							 ? &f->ops[op->args[0]]
							 : NULL;
			if (op->kind == IR_FIELD && op->type[0])
				see_field(in, op, op->type);
			else if (to && to->kind == IR_FIELD && !to->type[0])
				see_field(in, to, type_given(f, op->args[1]));
		}
	}
}

/* The member of the class around `record`, and nested in it alone, that points to it. */
static const struct ir_op *way_to(struct inference *in, const char *record)
{
	const char *outer = record_of(&in->scratch, record);
	const struct method_list *list = map_get(&in->methods, outer);
	for (size_t i = 0; list && i < list->all.nr; i++) {
		const struct ir_func *f = list->all.at[i]->ir;
		for (uint32_t k = 0; k < f->nr_ops; k++) {
			const struct ir_op *op = &f->ops[k];
			if (op->kind == IR_FIELD && class_names_record(op->type, record) &&
				str_eq(record_of(&in->scratch, op->sym), outer))
				return op;
		}
	}
	return NULL;
}

static void add_methods(struct inference *in)
{
	map_init(&in->methods, &in->scratch);
	for (size_t i = 0; i < in->p->funcs.nr; i++) {
		struct func *f = in->p->funcs.at[i];
		/* of a method that is a template, nobody knows what it does */
		if (!(f->ir->flags & IR_FUNC_METHOD) ||
			(f->ir->flags & (IR_FUNC_LAMBDA | IR_FUNC_TEMPLATE)))
			continue;
		void **slot = map_slot(&in->methods, record_of(&in->scratch, f->ir->name));
		struct method_list *list = *slot;
		if (!list)
			*slot = list = arena_new(&in->scratch, struct method_list);
		vec_push(&in->scratch, &list->all, f);
	}
}

/* Others speak of it already, or its type is spelled another way than its name: a template. */
static bool is_known(struct program *p, const char *record, const struct method_list *list)
{
	if (models_type(p->models, record))
		return true;
	for (size_t i = 0; i < list->all.nr; i++) {
		const struct ir_func *f = list->all.at[i]->ir;
		if ((f->flags & IR_FUNC_SYSTEM) || models_call_named(p->models, f->name) ||
			!f->nr_params || !class_names_record(f->vars[0].type, record))
			return true;
	}
	return false;
}

static struct span_class *make(struct inference *in, const struct candidate *c)
{
	const struct method_list *list = map_get(&in->methods, c->record);
	const struct ir_op *way = list ? NULL : way_to(in, c->record);
	const char *name = way ? record_of(in->p->arena, way->sym) : c->record;
	if (way)
		list = map_get(&in->methods, name);
	if (!list || is_known(in->p, name, list))
		return NULL;
	struct span_class *out = arena_new(in->p->arena, struct span_class);
	out->name = arena_strdup(in->p->arena, name);
	if (way)
		out->fields[out->nr_fields++] = way->sym;
	out->fields[out->nr_fields++] = c->field;
	out->field_type = c->type;
	out->is_active = c->has_scope;
	for (size_t i = 0; i < list->all.nr; i++)
		vec_push(in->p->arena, &out->methods, list->all.at[i]);
	return out;
}

/* The later one wins. */
static void add_types(struct program *p, const struct span_class *c)
{
	for (size_t i = 0; i < CLASS_PATTERNS; i++) {
		struct model_type t = c->type;
		t.match = class_pattern(c, i, p->arena);
		models_add_type(p->models, &t);
	}
}

static void accept(struct program *p, struct span_class *c)
{
	const struct model_type *inner = models_type(p->models, c->field_type);
	c->is_accepted = true;
	c->type = (struct model_type){.match = c->name,
		.model = CLASS_MODEL,
		.role = ROLE_SPAN,
		.ends_on_destroy = inner->ends_on_destroy && !is_raw(c->field_type),
		.is_shared = inner->is_shared};
	add_types(p, c);
	vec_push(p->arena, &p->classes->all, c);
	class_calls_describe(p, c);
}

/* What was found out about functions before the classes were known. */
static void forget(struct program *p)
{
	for (size_t i = 0; i < p->funcs.nr; i++) {
		struct func *f = p->funcs.at[i];
		f->values = NULL;
		f->summaries = NULL;
		f->forwards = NULL;
		for (uint32_t k = 0; k < f->nr_calls; k++)
			f->calls[k].pairs = NULL;
	}
}

/* ---- rounds ---- */

static bool accept_if_tracing(struct inference *in, struct span_class *made)
{
	if (!made || !class_is_tracing(in->p, made))
		return false;
	for (uint32_t i = 0; i < made->nr_fields; i++)
		map_put(&in->p->classes->fields, made->fields[i], made);
	accept(in->p, made);
	return true;
}

static bool is_accepted(struct inference *in, const struct candidate *c)
{
	if (!c->has_span || c->is_ambiguous)
		return false;
	return accept_if_tracing(in, make(in, c));
}

/* The class whose constructor this one calls for its own object. */
static const struct span_class *base_of(const struct func *f)
{
	for (uint32_t i = 0; i < f->nr_calls; i++) {
		const struct func *callee = f->calls[i].callee;
		if (callee && callee->span_class && callee->span_class != f->span_class &&
			(callee->ir->flags & IR_FUNC_CONSTRUCTOR) &&
			op_makes_own_object(f->ir, f->calls[i].op))
			return callee->span_class;
	}
	return NULL;
}

static bool is_derived(struct inference *in, const char *record, const struct method_list *list)
{
	const struct span_class *base = NULL;
	for (size_t i = 0; i < list->all.nr && !base; i++)
		base = base_of(list->all.at[i]);
	if (!base || is_known(in->p, record, list))
		return false;
	struct span_class *made = arena_new(in->p->arena, struct span_class);
	made->name = arena_strdup(in->p->arena, record);
	made->base = base;
	made->field_type = base->name;
	made->is_active = base->is_active;
	for (size_t i = 0; i < list->all.nr; i++)
		vec_push(in->p->arena, &made->methods, list->all.at[i]);
	return accept_if_tracing(in, made);
}

static bool run_round(struct inference *in)
{
	bool is_new = false;
	collect(in);
	for (size_t i = 0; i < in->records.nr; i++)
		is_new |= is_accepted(in, in->records.at[i].value);
	for (size_t i = 0; i < in->methods.nr && in->p->classes->all.nr; i++)
		is_new |= is_derived(in, in->methods.at[i].key, in->methods.at[i].value);
	if (is_new) {
		class_calls_apply(in->p);
		forget(in->p);
	}
	return is_new;
}

/* ---- destructors of raw handles ---- */

static bool is_destroyed(const struct program *p, const struct span_class *c)
{
	for (size_t i = 0; i < p->funcs.nr; i++) {
		const struct ir_func *f = p->funcs.at[i]->ir;
		for (uint32_t k = 0; k < f->nr_vars; k++)
			if ((f->vars[k].flags & IR_VAR_DTOR) && str_eq(f->vars[k].type, c->name))
				return true;
	}
	return false;
}

/* A handle without a destructor of its own ends by the one of the class, or not at all. A
 * destructor that is not in sight may do it. */
static bool ends_in_destructor(struct program *p, const struct span_class *c)
{
	for (size_t i = 0; i < c->methods.nr; i++)
		if (c->methods.at[i]->ir->flags & IR_FUNC_DESTRUCTOR)
			return summary_param(p, c->methods.at[i], 0)->fate != FATE_USED;
	return is_destroyed(p, c);
}

static void judge_destructors(struct program *p)
{
	bool is_new = false;
	for (size_t i = 0; i < p->classes->all.nr; i++) {
		struct span_class *c = p->classes->all.at[i];
		const struct model_type *inner = models_type(p->models, c->field_type);
		bool ends = (inner->ends_on_destroy && !is_raw(c->field_type)) ||
			    ends_in_destructor(p, c);
		if (ends == c->type.ends_on_destroy)
			continue;
		c->type.ends_on_destroy = is_new = true;
		add_types(p, c);
	}
	if (is_new)
		forget(p);
}

void classes_infer(struct program *p)
{
	struct inference in = {.p = p};
	arena_init(&in.scratch);
	p->classes = arena_new(p->arena, struct classes);
	map_init(&p->classes->fields, p->arena);
	map_init(&p->classes->by_name, p->arena);
	p->classes->by_func = arena_array(p->arena, struct model_call *, p->funcs.nr);
	add_methods(&in);
	for (unsigned i = 0; in.methods.nr && i < MAX_ROUNDS; i++)
		if (!run_round(&in))
			break;
	if (p->classes->all.nr)
		judge_destructors(p);
	arena_fini(&in.scratch);
}
