/* baggage-not-recorded: an entry travels, and no span says what was in it. */
#include "base/str.h"
#include "engine/tell.h"
#include "flow/pairs.h"
#include "flow/strings.h"

#include <string.h>

void rule_baggage_not_recorded(struct rule_run *run);

struct entry {
	const char *key;
	struct func *func;
	uint32_t op;
	uint32_t path; /* of the value that is set, or NO_PATH */
	bool is_set, is_recorded;
};

struct survey {
	struct rule_run *run;
	VEC(struct entry) entries;
	bool is_unclear; /* entries we cannot name, or somebody copies all of them */
};

static void add_entry(
	struct survey *s, struct func *f, uint32_t op, const char *key, ir_value value, bool is_set)
{
	const struct values *v = values_of(s->run->program, f);
	if (!key) {
		s->is_unclear = true;
		return;
	}
	uint32_t path = NO_PATH;
	value = pair_unwrap(v, value);
	if (value != IR_NONE)
		path = v->content[value] != NO_PATH ? v->content[value] : v->address[value];
	vec_push(s->run->scratch, &s->entries, (struct entry){key, f, op, path, is_set, false});
}

/* A processor that copies baggage to spans, or a walk over all entries. */
static bool copies_all(const struct ir_op *op)
{
	return strstr(op->sym, "GetAllEntries") || strstr(op->sym, "BaggageSpanProcessor") ||
	       strstr(op->type, "BaggageSpanProcessor") || strstr(op->sym, "get_baggage_var");
}

static void find_entries(struct survey *s, struct func *f)
{
	struct program *p = s->run->program;
	for (uint32_t k = 0; k < f->nr_calls; k++) {
		const struct call *call = &f->calls[k];
		const struct ir_op *op = &f->ir->ops[call->op];
		const struct model_call *m = call->model;
		s->is_unclear |= copies_all(op);
		if (m && m->effect == EFFECT_BAGGAGE_GET && m->key >= 0)
			add_entry(s, f, call->op,
				value_string(values_of(p, f), ir_call_arg(op, (unsigned)m->key)),
				IR_NONE, false);
		const struct pairs *pairs = pairs_of(p, f, call);
		for (size_t n = 0; n < pairs->all.nr; n++) {
			const struct pair *pair = &pairs->all.at[n];
			if (pair->effect != EFFECT_BAGGAGE_SET || pair->inner)
				continue;
			add_entry(s, f, pair->at, pair->text, pair->value, true);
		}
	}
}

/* `a` and `b` are the same entry under a namespace or not: tenant.id, app.tenant.id. */
static bool is_same_key(const char *a, const char *b)
{
	size_t n = strlen(a), m = strlen(b);
	if (str_eq(a, b))
		return true;
	return n < m ? str_has_suffix(b, a) && b[m - n - 1] == '.'
		     : n > m && str_has_suffix(a, b) && a[n - m - 1] == '.';
}

static void mark(struct survey *s, struct func *f, const struct pair *pair)
{
	struct program *p = s->run->program;
	const struct values *v = values_of(p, f);
	struct provenance from = {0};
	ir_value value = pair_unwrap(v, pair->value);
	uint32_t path = NO_PATH;
	if (value != IR_NONE) {
		path = v->content[value] != NO_PATH ? v->content[value] : v->address[value];
		provenance_of(p, f, pair->value, &from);
	}
	for (size_t i = 0; i < s->entries.nr; i++) {
		struct entry *e = &s->entries.at[i];
		if ((pair->text && is_same_key(e->key, pair->text)) ||
			(e->func == f && path != NO_PATH && e->path == path))
			e->is_recorded = true;
		for (size_t k = 0; k < from.nr_origins; k++)
			if (from.origins[k].kind == ORIGIN_BAGGAGE &&
				(str_eq(from.origins[k].what, "baggage") ||
					str_eq(from.origins[k].what,
						tell_text(s->run, "baggage \"%s\"", e->key))))
				e->is_recorded = true;
	}
}

static void find_records(struct survey *s, struct func *f)
{
	for (uint32_t k = 0; k < f->nr_calls; k++) {
		const struct pairs *pairs = pairs_of(s->run->program, f, &f->calls[k]);
		for (size_t n = 0; n < pairs->all.nr; n++)
			if (pairs->all.at[n].effect != EFFECT_BAGGAGE_SET)
				mark(s, f, &pairs->all.at[n]);
	}
}

static bool is_told(const struct survey *s, size_t number)
{
	for (size_t i = 0; i < number; i++)
		if (str_eq(s->entries.at[i].key, s->entries.at[number].key))
			return true;
	return false;
}

/* Recorded at one of its places is recorded. */
static bool is_recorded(const struct survey *s, const char *key)
{
	for (size_t i = 0; i < s->entries.nr; i++)
		if (str_eq(s->entries.at[i].key, key) && s->entries.at[i].is_recorded)
			return true;
	return false;
}

void rule_baggage_not_recorded(struct rule_run *run)
{
	struct survey s = {.run = run};
	for (size_t i = 0; i < run->program->funcs.nr; i++)
		if (!(run->program->funcs.at[i]->ir->flags & (IR_FUNC_SYSTEM | IR_FUNC_TEMPLATE)))
			find_entries(&s, run->program->funcs.at[i]);
	if (s.is_unclear || !s.entries.nr)
		return;
	for (size_t i = 0; i < run->program->funcs.nr; i++)
		if (!(run->program->funcs.at[i]->ir->flags & (IR_FUNC_SYSTEM | IR_FUNC_TEMPLATE)))
			find_records(&s, run->program->funcs.at[i]);
	for (size_t i = 0; i < s.entries.nr; i++) {
		const struct entry *e = &s.entries.at[i];
		if (is_recorded(&s, e->key) || is_told(&s, i))
			continue;
		tell(run, e->func, &e->func->ir->ops[e->op].loc, e->key,
			tell_text(run, "baggage \"%s\" is %s, and no span carries it", e->key,
				e->is_set ? "set" : "read"),
			"baggage is not an attribute: it travels beside the spans, and no backend "
			"can search for it",
			tell_text(run,
				"set the attribute \"%s\" to the same value on the span of "
				"the operation",
				e->key),
			NULL);
	}
}
