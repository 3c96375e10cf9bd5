/* Collects the attribute sites of the program: the pairs of all calls, with types and literals. */
#include "flow/attribute_sites.h"

#include "base/str.h"
#include "flow/key_choices.h"
#include "flow/pairs.h"
#include "flow/strings.h"
#include "flow/value_type.h"

#include <stdio.h>

struct finder {
	struct program *p;
	struct func *f;
	const struct values *v;
	struct attribute_sites *out;
};

/* ---- one pair ---- */

/* What becomes of the value on the way: a helper that takes an int sets an int, and so does a call
 * whose model says so. */
static enum attribute_type passed_type(
	struct program *p, const struct values *v, const struct pair *pair)
{
	enum attribute_type type = TYPE_UNKNOWN;
	bool is_template;
	if (pair->value == IR_NONE)
		return TYPE_UNKNOWN;
	if (pair->inner)
		type = passed_type(p, values_of(p, pair->through), pair->inner);
	else if (pair->at == pair->op && pair->model->value_type[0])
		attribute_type_parse(pair->model->value_type, &type, &is_template);
	return type != TYPE_UNKNOWN ? type : value_attribute_type(v, pair->value);
}

static void fill_value(const struct finder *fi, struct attribute_site *s, const struct pair *pair)
{
	ir_value inside = s->value = pair->value;
	if (s->value == IR_NONE)
		return;
	s->type = passed_type(fi->p, fi->v, pair);
	if (s->type == TYPE_UNKNOWN)
		s->type = value_tagged_type(fi->v, s->value, &inside);
	s->literal = value_literal(fi->v, inside);
}

static void add(struct finder *fi, const struct pair *pair, ir_value key, const char *text)
{
	const struct ir_op *call = &fi->f->ir->ops[pair->op];
	struct attribute_site s = {.func = fi->f,
		.op = pair->op,
		.effect = pair->effect,
		.key = text,
		.key_value = key,
		.loc = call->loc};
	if (key != IR_NONE && text) {
		s.written = literal_place(fi->p, fi->v, key);
		const struct ir_op *op = &fi->f->ir->ops[value_unwrapped(fi->v, key)];
		if (op->loc.line && op->loc.file == call->loc.file)
			s.loc = op->loc;
	}
	fill_value(fi, &s, pair);
	vec_push(fi->p->arena, &fi->out->all, s);
}

/* A site for every key that it can be. */
static void add_pair(struct finder *fi, const struct pair *pair)
{
	struct key_choices keys = {0};
	struct string_set texts;
	bool is_inside = pair->inner && pair->key == IR_NONE; /* the callee has it */
	if (pair->effect == EFFECT_BAGGAGE_SET || is_inside ||
		(!pair->text && pair_param(fi->v, pair->key) >= 0))
		return; /* a parameter: its callers say it */
	if (pair->key == IR_NONE) {
		add(fi, pair, IR_NONE, pair->text);
	} else if (key_choices_find(fi->v, pair->key, &keys)) {
		for (size_t i = 0; i < keys.nr; i++)
			add(fi, pair, keys.at[i], fi->f->ir->ops[keys.at[i]].sym);
	} else if (!pair->text && value_strings(fi->v, pair->key, &texts)) {
		for (size_t i = 0; i < texts.nr; i++) /* `c ? "a" : "b"` */
			add(fi, pair, pair->key, texts.at[i]);
	} else {
		add(fi, pair, pair->key, pair->text);
	}
}

static void visit_func(struct finder *fi, struct func *f)
{
	fi->f = f;
	fi->v = values_of(fi->p, f);
	for (uint32_t i = 0; i < f->nr_calls; i++) {
		const struct pairs *pairs = pairs_of(fi->p, f, &f->calls[i]);
		for (size_t k = 0; k < pairs->all.nr; k++)
			add_pair(fi, &pairs->all.at[k]);
	}
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
	for (size_t i = 0; i < p->funcs.nr; i++)
		if (!(p->funcs.at[i]->ir->flags & (IR_FUNC_SYSTEM | IR_FUNC_TEMPLATE)))
			visit_func(&fi, p->funcs.at[i]);
	index_sites(p, out);
	p->attribute_sites = out;
	return out;
}
