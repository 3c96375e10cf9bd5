/* Collects the attribute sites of the program. */
#include "flow/attribute_sites.h"

#include "base/str.h"
#include "flow/pairs.h"
#include "flow/strings.h"
#include "flow/value_type.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_DEPTH 8

/* `void tag(span *s, const char *key, int value)`: what a function does with its parameters. */
struct forward {
	uint32_t key;   /* the parameter that becomes a key */
	uint32_t value; /* the one that becomes its value, or IR_NONE */
	enum model_effect effect;
	enum attribute_type type; /* of the value; TYPE_UNKNOWN: as it is passed */
};

struct forwards {
	bool is_busy;
	VEC(struct forward) all;
};

struct finder {
	struct program *p;
	struct func *f;
	const struct values *v;
	struct attribute_sites *out;
	struct forwards **forwards; /* per function */
	struct forwards *into;      /* looking for these only, when it is set */
	uint32_t call;
	enum model_effect effect;
};

static const struct forwards *forwards_of(struct finder *fi, struct func *f);

/* ---- one key and one value ---- */

struct ir_loc literal_place(const struct program *p, const struct values *v, ir_value value)
{
	value = value_unwrapped(v, value);
	if (value == IR_NONE)
		return (struct ir_loc){0};
	const struct ir_op *op = &v->func->ir->ops[value];
	if (op->kind != IR_CONST || op->sub != IR_LIT_STRING)
		return (struct ir_loc){0};
	return op->var ? p->literals.at[op->var - 1] : op->loc;
}

static bool is_written(const struct finder *fi, uint32_t path)
{
	const struct ir_func *f = fi->f->ir;
	for (uint32_t i = 0; i < f->nr_ops; i++)
		if (f->ops[i].kind == IR_STORE && f->ops[i].args[0] != IR_NONE &&
			fi->v->address[f->ops[i].args[0]] == path)
			return true;
	return false;
}

/* The parameter that the value is, unchanged; or IR_NONE. */
static uint32_t param_of(const struct finder *fi, ir_value value)
{
	value = value_unwrapped(fi->v, value);
	if (value == IR_NONE)
		return IR_NONE;
	uint32_t path =
		fi->v->content[value] != NO_PATH ? fi->v->content[value] : fi->v->address[value];
	if (path == NO_PATH || fi->v->paths.at[path].kind != PATH_VAR ||
		fi->v->paths.at[path].var >= fi->f->ir->nr_params || is_written(fi, path))
		return IR_NONE;
	return fi->v->paths.at[path].var;
}

/* The one INIT that a local record or array is made with. */
static ir_value init_of(const struct finder *fi, ir_value value)
{
	value = value_of_temporary(fi->v, fi->v->origin[value]);
	if (value == IR_NONE)
		return IR_NONE;
	const struct ir_func *f = fi->f->ir;
	if (f->ops[value].kind == IR_INIT)
		return value;
	if (f->ops[value].kind == IR_GLOBAL && f->ops[value].nr_args)
		return init_of(fi, f->ops[value].args[0]);
	if (f->ops[value].kind == IR_INDEX || f->ops[value].kind == IR_CALC) {
		/* `&list[2]`, `list + 2`: all of it is meant to be sent */
		ir_value base = f->ops[value].nr_args ? f->ops[value].args[0] : IR_NONE;
		return base == IR_NONE ? IR_NONE : init_of(fi, base);
	}
	uint32_t path = fi->v->address[value];
	if (path == NO_PATH || fi->v->paths.at[path].kind != PATH_VAR)
		return IR_NONE;
	ir_value found = IR_NONE;
	for (uint32_t i = 0; i < f->nr_ops; i++) {
		const struct ir_op *op = &f->ops[i];
		if (op->kind != IR_STORE || op->args[0] == IR_NONE || op->args[1] == IR_NONE ||
			fi->v->address[op->args[0]] != path)
			continue;
		ir_value stored = fi->v->origin[op->args[1]];
		const struct ir_op *made = &f->ops[stored];
		if (made->kind == IR_CALL && (made->flags & IR_CALL_CONSTRUCT) &&
			made->nr_args == 1 && made->args[0] != IR_NONE)
			stored = fi->v->origin[made->args[0]]; /* a container of a list */
		if (found != IR_NONE || f->ops[stored].kind != IR_INIT)
			return IR_NONE;
		found = stored;
	}
	return found;
}

/* `{.u_type = OTELC_VALUE_INT64, .u.value_int64 = n}`: a record that says its type by a tag. */
static enum attribute_type tagged_type(const struct finder *fi, ir_value value, ir_value *inside)
{
	ir_value init = init_of(fi, value);
	enum attribute_type type = TYPE_UNKNOWN;
	if (init == IR_NONE)
		return type;
	const struct ir_op *op = &fi->f->ir->ops[init];
	for (uint32_t i = 0; i < op->nr_args; i++) {
		if (op->args[i] == IR_NONE)
			continue;
		const struct ir_op *part = &fi->f->ir->ops[fi->v->origin[op->args[i]]];
		if (part->kind == IR_CONST && part->sub == IR_LIT_ENUM && type == TYPE_UNKNOWN)
			type = tagged_attribute_type(part->link);
		else
			*inside = op->args[i];
	}
	return type;
}

static void fill_value(
	struct finder *fi, struct attribute_site *s, ir_value value, enum attribute_type known)
{
	s->value = value;
	if (value == IR_NONE)
		return;
	ir_value inside = value;
	s->type = known;
	if (s->type == TYPE_UNKNOWN)
		s->type = value_attribute_type(fi->v, value);
	if (s->type == TYPE_UNKNOWN)
		s->type = tagged_type(fi, value, &inside);
	s->literal = value_literal(fi->v, inside);
}

static void add(
	struct finder *fi, ir_value key, const char *text, ir_value value, enum attribute_type type)
{
	uint32_t param = text || key == IR_NONE ? IR_NONE : param_of(fi, key);
	if (fi->into) {
		if (param != IR_NONE)
			vec_push(fi->p->arena, &fi->into->all,
				(struct forward){.key = param,
					.value = value == IR_NONE ? IR_NONE : param_of(fi, value),
					.effect = fi->effect,
					.type = type != TYPE_UNKNOWN || value == IR_NONE
							? type
							: value_attribute_type(fi->v, value)});
		return;
	}
	const struct ir_op *call = &fi->f->ir->ops[fi->call];
	struct attribute_site s = {.func = fi->f,
		.op = fi->call,
		.effect = fi->effect,
		.key = text,
		.key_value = key,
		.value = IR_NONE,
		.loc = call->loc};
	if (param != IR_NONE)
		return; /* its callers say it */
	if (key != IR_NONE && text) {
		s.written = literal_place(fi->p, fi->v, key);
		const struct ir_op *op = &fi->f->ir->ops[value_unwrapped(fi->v, key)];
		if (op->loc.line && op->loc.file == call->loc.file)
			s.loc = op->loc;
	}
	fill_value(fi, &s, value, type);
	vec_push(fi->p->arena, &fi->out->all, s);
}

/* ---- keys from tables ---- */

#define MAX_CHOICES 64

/* Ops that may be what is asked for; too many are none. */
struct choices {
	ir_value at[MAX_CHOICES];
	size_t nr;
	bool is_open; /* or something else */
};

static void choose(struct choices *c, ir_value value)
{
	if (value == IR_NONE || c->nr == MAX_CHOICES)
		c->is_open = true;
	else
		c->at[c->nr++] = value;
}

/* The number of the field in an INIT that names its fields; -1: not there. */
static int field_position(const struct ir_op *init, const char *name)
{
	int position = 0;
	size_t n = strlen(name);
	for (const char *at = init->sym; *at; position++) {
		size_t len = strcspn(at, ",");
		if (len == n && strncmp(at, name, n) == 0)
			return position < (int)init->nr_args ? position : -1;
		at += len + (at[len] == ',');
	}
	return -1;
}

static void choose_parts(
	const struct finder *fi, const struct ir_op *address, ir_value whole, struct choices *out)
{
	const struct ir_op *init = &fi->f->ir->ops[fi->v->origin[whole]];
	if (init->kind != IR_INIT) {
		out->is_open = true;
		return;
	}
	if (address->kind == IR_FIELD) {
		int at = field_position(init, ir_simple_name(address->sym));
		choose(out, at < 0 ? IR_NONE : init->args[at]);
		return;
	}
	ir_value index = address->nr_args > 1 ? address->args[1] : IR_NONE;
	const char *number = index == IR_NONE ? NULL : value_literal(fi->v, index);
	if (number) {
		unsigned long at = strtoul(number, NULL, 10);
		choose(out, at < init->nr_args ? init->args[at] : IR_NONE);
		return;
	}
	for (uint32_t i = 0; i < init->nr_args; i++)
		if (init->args[i] != IR_NONE) /* a hole of the table */
			choose(out, init->args[i]);
}

/* What may stand at an address inside of constants and of records made once. */
static void choices_at(
	const struct finder *fi, ir_value address, struct choices *out, unsigned depth)
{
	const struct ir_op *op = address == IR_NONE ? NULL : &fi->f->ir->ops[address];
	if (!op || depth == MAX_DEPTH) {
		out->is_open = true;
		return;
	}
	if (op->kind == IR_LOAD || op->kind == IR_COPY) {
		choices_at(fi, op->args[0], out, depth + 1); /* a reference, a decayed array */
		return;
	}
	if (op->kind == IR_GLOBAL || op->kind == IR_VAR) {
		choose(out, op->kind == IR_GLOBAL ? (op->nr_args ? op->args[0] : IR_NONE)
						  : init_of(fi, address));
		return;
	}
	if (op->kind != IR_INDEX && op->kind != IR_FIELD) {
		out->is_open = true;
		return;
	}
	struct choices whole = {0};
	choices_at(fi, op->args[0], &whole, depth + 1);
	out->is_open |= whole.is_open;
	for (size_t i = 0; i < whole.nr; i++)
		choose_parts(fi, op, whole.at[i], out);
}

/* Every text that the key can be, when all of them stand in the program. */
static bool keys_of(const struct finder *fi, ir_value key, struct choices *out)
{
	ir_value value = value_unwrapped(fi->v, key);
	if (value == IR_NONE)
		return false;
	const struct ir_op *op = &fi->f->ir->ops[value];
	if (op->kind == IR_CONST)
		choose(out, value);
	else if (op->kind == IR_LOAD || op->kind == IR_GLOBAL || op->kind == IR_INDEX ||
		 op->kind == IR_FIELD) /* an object is passed by its address */
		choices_at(fi, op->kind == IR_LOAD ? op->args[0] : value, out, 0);
	for (size_t i = 0; i < out->nr; i++) {
		out->at[i] = value_unwrapped(fi->v, out->at[i]);
		const struct ir_op *text = &fi->f->ir->ops[out->at[i]];
		if (text->kind != IR_CONST || text->sub != IR_LIT_STRING)
			return false;
	}
	return out->nr && !out->is_open;
}

static void add_pair(struct finder *fi, ir_value key, ir_value value, enum attribute_type type)
{
	struct choices keys = {0};
	if (!keys_of(fi, key, &keys)) {
		const char *text = value_string(fi->v, key);
		struct string_set texts;
		if (text || fi->into || !value_strings(fi->v, key, &texts)) {
			add(fi, key, text, value, type);
			return;
		}
		for (size_t i = 0; i < texts.nr; i++) /* `c ? "a" : "b"` */
			add(fi, key, texts.at[i], value, type);
		return;
	}
	for (size_t i = 0; i < keys.nr; i++)
		add(fi, keys.at[i], fi->f->ir->ops[keys.at[i]].sym, value, type);
}

/* ---- lists ---- */

/* {{"key", value}, …}, {.key = "key", .value = {…}}, and arrays of them, however many views and
 * containers are wrapped around it. */
static void add_list(struct finder *fi, ir_value list, unsigned depth)
{
	if (list == IR_NONE || depth == MAX_DEPTH)
		return;
	const struct ir_op *op = &fi->f->ir->ops[fi->v->origin[list]];
	bool is_made = op->kind == IR_INIT || op->kind == IR_CALL;
	if (!is_made) {
		list = init_of(fi, list);
		if (list == IR_NONE)
			return;
		op = &fi->f->ir->ops[list];
	}
	if (op->nr_args >= 2 && op->args[0] != IR_NONE &&
		value_attribute_type(fi->v, op->args[0]) == TYPE_STRING) {
		ir_value value = op->args[op->nr_args - 1];
		add_pair(fi, op->args[0], value, TYPE_UNKNOWN);
		return;
	}
	if (op->kind == IR_CALL && !(op->flags & IR_CALL_CONSTRUCT) && op->nr_args != 1)
		return;
	for (uint32_t i = 0; i < op->nr_args; i++)
		add_list(fi, op->args[i], depth + 1);
}

static size_t count(const struct finder *fi)
{
	return fi->into ? fi->into->all.nr : fi->out->all.nr;
}

/* A list as it stands there, or a container that was filled before. */
static void add_listed(struct finder *fi, ir_value list)
{
	size_t before = count(fi);
	add_list(fi, list, 0);
	if (count(fi) > before || list == IR_NONE)
		return;
	struct pairs pairs = {0};
	pairs_of(fi->p, fi->f, func_call(fi->f, fi->call), &pairs);
	for (size_t i = 0; i < pairs.all.nr; i++) {
		const struct pair *pair = &pairs.all.at[i];
		if (!pair->through && pair->key != IR_NONE && pair->at != fi->call)
			add_pair(fi, pair->key, pair->value, TYPE_UNKNOWN);
	}
}

/* ---- calls ---- */

static void visit_model(struct finder *fi, const struct model_call *m, const struct ir_op *op)
{
	switch (m->effect) {
	case EFFECT_START:
	case EFFECT_ATTRIBUTE:
	case EFFECT_EVENT:
	case EFFECT_EXCEPTION:
	case EFFECT_LINK:
	case EFFECT_RESOURCE:
		break;
	default:
		return;
	}
	enum attribute_type type = TYPE_UNKNOWN;
	bool is_template;
	if (m->value_type[0])
		attribute_type_parse(m->value_type, &type, &is_template);
	ir_value value = m->value >= 0 ? ir_call_arg(op, (unsigned)m->value) : IR_NONE;
	for (uint32_t i = 0; i < m->nr_key_texts; i++)
		add(fi, IR_NONE, m->key_texts[i], i ? IR_NONE : value, type);
	unsigned nr_args = ir_call_nr_args(op);
	for (unsigned at = m->key >= 0 ? (unsigned)m->key : nr_args + 1; at <= nr_args; at += 2) {
		if (ir_call_arg(op, at) == IR_NONE)
			break;
		value = m->value >= 0 ? ir_call_arg(op, at + (unsigned)(m->value - m->key))
				      : IR_NONE;
		add_pair(fi, ir_call_arg(op, at), value, type);
		if (!(m->flags & MODEL_REPEATS) || at + 2 >= nr_args)
			break; /* the list ends with a NULL */
	}
	if (m->attributes >= 0)
		add_listed(fi, ir_call_arg(op, (unsigned)m->attributes));
}

static void visit_helper(struct finder *fi, struct func *callee, const struct ir_op *op)
{
	const struct forwards *its = forwards_of(fi, callee);
	/* a constructor's object is no argument, but it is the first parameter */
	uint32_t shift = (op->flags & IR_CALL_CONSTRUCT) ? 1 : 0;
	for (size_t i = 0; i < its->all.nr; i++) {
		const struct forward *fw = &its->all.at[i];
		uint32_t key = fw->key - shift,
			 value = fw->value == IR_NONE ? IR_NONE : fw->value - shift;
		if (key >= op->nr_args || op->args[key] == IR_NONE)
			continue;
		fi->effect = fw->effect;
		enum attribute_type type = fw->type;
		add_pair(fi, op->args[key], value < op->nr_args ? op->args[value] : IR_NONE, type);
	}
}

static void visit_func(struct finder *fi, struct func *f)
{
	fi->f = f;
	fi->v = values_of(fi->p, f);
	for (uint32_t i = 0; i < f->nr_calls; i++) {
		const struct call *call = &f->calls[i];
		const struct ir_op *op = &f->ir->ops[call->op];
		fi->call = call->op;
		if (call->model) {
			fi->effect = call->model->effect;
			visit_model(fi, call->model, op);
		} else if (call->callee && call->callee != f) {
			visit_helper(fi, call->callee, op);
		}
	}
}

static bool has_text_param(const struct ir_func *f)
{
	for (uint32_t i = 0; i < f->nr_params; i++)
		if (spelled_attribute_type(f->vars[i].type) == TYPE_STRING)
			return true;
	return false;
}

static const struct forwards *forwards_of(struct finder *fi, struct func *f)
{
	static const struct forwards none;
	struct forwards *its = fi->forwards[f->number];
	if (its)
		return its->is_busy ? &none : its;
	its = fi->forwards[f->number] = arena_new(fi->p->arena, struct forwards);
	if (!has_text_param(f->ir) || (f->ir->flags & IR_FUNC_TEMPLATE))
		return its;
	its->is_busy = true;
	struct finder inner = {.p = fi->p, .forwards = fi->forwards, .into = its};
	visit_func(&inner, f);
	its->is_busy = false;
	return its;
}

/* ---- asking ---- */

/* A literal that stands elsewhere: how often it is read, and how often as a key. */
struct literal_uses {
	uint32_t nr_reads, nr_keys;
};

static const char *place_name(const struct ir_loc *loc, char *buffer, size_t size)
{
	snprintf(buffer, size, "%u:%u:%u", loc->file, loc->line, loc->col);
	return buffer;
}

static struct literal_uses *uses_of(
	struct program *p, struct attribute_sites *sites, const struct ir_loc *loc)
{
	char buffer[48];
	struct literal_uses *uses =
		map_get(&sites->literals, place_name(loc, buffer, sizeof(buffer)));
	if (!uses) {
		uses = arena_new(p->arena, struct literal_uses);
		map_put(&sites->literals, arena_strdup(p->arena, buffer), uses);
	}
	return uses;
}

static void index_sites(struct program *p, struct attribute_sites *sites)
{
	map_init(&sites->in_func, p->arena);
	map_init(&sites->literals, p->arena);
	for (size_t i = 0; i < sites->all.nr; i++) {
		const struct attribute_site *s = &sites->all.at[i];
		if (!s->key)
			continue;
		map_put(&sites->in_func, arena_printf(p->arena, "%u %s", s->func->number, s->key),
			(void *)s->key);
		if (s->written.line)
			uses_of(p, sites, &s->written)->nr_keys++;
	}
	for (size_t i = 0; i < p->funcs.nr; i++) {
		const struct ir_func *f = p->funcs.at[i]->ir;
		for (uint32_t k = 0; k < f->nr_ops; k++)
			if (f->ops[k].kind == IR_CONST && f->ops[k].var)
				uses_of(p, sites, &p->literals.at[f->ops[k].var - 1])->nr_reads++;
	}
}

bool attribute_sites_has(struct program *p, const struct attribute_site *near, const char *key)
{
	struct arena scratch;
	arena_init(&scratch);
	bool has = map_has(&attribute_sites_of(p)->in_func,
		arena_printf(&scratch, "%u %s", near->func->number, key));
	arena_fini(&scratch);
	return has;
}

bool attribute_key_is_shared(struct program *p, const struct attribute_site *s)
{
	attribute_sites_of(p);
	const struct literal_uses *uses = uses_of(p, p->attribute_sites, &s->written);
	return uses->nr_reads > uses->nr_keys;
}

const struct attribute_sites *attribute_sites_of(struct program *p)
{
	if (p->attribute_sites)
		return p->attribute_sites;
	struct attribute_sites *out = arena_new(p->arena, struct attribute_sites);
	struct finder fi = {.p = p, .out = out};
	fi.forwards = arena_array(p->arena, struct forwards *, p->funcs.nr);
	for (size_t i = 0; i < p->funcs.nr; i++)
		if (!(p->funcs.at[i]->ir->flags & (IR_FUNC_SYSTEM | IR_FUNC_TEMPLATE)))
			visit_func(&fi, p->funcs.at[i]);
	index_sites(p, out);
	p->attribute_sites = out;
	return out;
}
