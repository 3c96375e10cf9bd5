/* Judges keys and values: whole words of names, never parts of words; and only what can be read. */
#include "engine/private.h"

#include "base/str.h"
#include "flow/strings.h"

#include <ctype.h>
#include <string.h>

struct search {
	struct rule_run *run;
	enum model_meaning meaning;
	bool in_baggage;
	void (*report)(struct rule_run *run, const struct private_hit *hit);
};

/* `mask_email`, `hashPassword`, `redacted`: what comes out cannot be read any more. */
static bool says_hidden(const char *name)
{
	static const char *const stems[] = {"hash", "mask", "redact", "digest", "anonymi",
		"pseudonym", "encrypt", "obfuscat", "scrub", "sanitize", "hmac", "sha1", "sha256",
		"md5", "fingerprint", "strlen", "truncate"};
	char lower[64];
	size_t n = 0;
	for (; name[n] && n + 1 < sizeof(lower); n++)
		lower[n] = (char)tolower((unsigned char)name[n]);
	lower[n] = '\0';
	for (size_t i = 0; i < sizeof(stems) / sizeof(stems[0]); i++)
		if (strstr(lower, stems[i]))
			return true;
	return false;
}

static bool is_arithmetic(const char *type)
{
	static const char *const words[] = {"bool", "_Bool", "int", "unsigned", "long", "short",
		"float", "double", "size_t", "char", "signed", "enum"};
	if (strpbrk(type, "*[<&"))
		return false;
	if (str_has_prefix(type, "const "))
		type += 6;
	size_t n = strcspn(type, " ");
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strlen(words[i]) == n && strncmp(type, words[i], n) == 0)
			return true;
	return false;
}

static const char *type_of(const struct values *v, ir_value value)
{
	const struct ir_func *f = v->func->ir;
	const struct ir_op *op = &f->ops[value];
	if (op->kind == IR_LOAD && op->args[0] != IR_NONE)
		op = &f->ops[op->args[0]];
	return op->kind == IR_VAR ? f->vars[op->var].type : op->type;
}

/* Numbers, truths, constants and hashes are about the thing, not the thing. */
static bool is_harmless(struct rule_run *run, struct func *f, ir_value value)
{
	const struct values *v = values_of(run->program, f);
	struct string_set texts;
	value = pair_unwrap(v, value);
	if (value == IR_NONE || value_strings(v, value, &texts))
		return value != IR_NONE;
	const struct ir_op *op = &f->ir->ops[value];
	if (op->kind == IR_CONST || op->kind == IR_COMPARE)
		return true;
	if (op->kind == IR_CALL) {
		const struct model_string *m = models_string(run->program->models, op->sym);
		if ((m && m->build == BUILD_DIGEST) || says_hidden(ir_simple_name(op->sym)))
			return true;
	}
	if (is_arithmetic(type_of(v, value)))
		return true;
	uint32_t path = v->content[value] != NO_PATH ? v->content[value] : v->address[value];
	return path != NO_PATH && says_hidden(path_text(v, path, run->scratch));
}

/* A value that comes from a hash, however it is called here. */
static bool came_hidden(const struct origin *o)
{
	for (size_t i = 0; i < o->nr_steps; i++)
		if (says_hidden(o->steps[i].text) && str_has_prefix(o->steps[i].text, "comes from"))
			return true;
	return says_hidden(o->what);
}

static const char *meaning_key(struct search *s, struct func *f, const struct pair *pair)
{
	struct models *models = s->run->program->models;
	struct string_set texts;
	if (pair->inner && pair->key == IR_NONE)
		return NULL; /* told where the callee names it */
	if (pair->text)
		return models_name(models, pair->text, NAME_KEY, s->meaning) ? pair->text : NULL;
	if (!value_strings(values_of(s->run->program, f), pair->key, &texts))
		return NULL;
	for (size_t i = 0; i < texts.nr; i++)
		if (models_name(models, texts.at[i], NAME_KEY, s->meaning))
			return texts.at[i];
	return NULL;
}

static bool is_wanted(const struct search *s, const struct pair *pair)
{
	return (pair->effect == EFFECT_BAGGAGE_SET) == s->in_baggage;
}

static void judge(struct search *s, struct func *f, const struct pair *pair)
{
	struct private_hit hit = {.func = f, .pair = pair, .key = pair->text};
	struct provenance from, inner;
	if (!is_wanted(s, pair) || (pair->value != IR_NONE && is_harmless(s->run, f, pair->value)))
		return;
	const char *key = meaning_key(s, f, pair);
	if (key && pair->value != IR_NONE) {
		hit.key = key;
		s->report(s->run, &hit);
		return;
	}
	if (pair->value == IR_NONE)
		return;
	provenance_of(s->run->program, f, pair->value, &from);
	hit.origin = provenance_meaning(&from, s->meaning);
	if (!hit.origin || came_hidden(hit.origin))
		return;
	if (pair->inner && pair->inner->value != IR_NONE) {
		provenance_of(s->run->program, pair->through, pair->inner->value, &inner);
		if (provenance_meaning(&inner, s->meaning))
			return; /* told where the callee sets it */
	}
	s->report(s->run, &hit);
}

void private_find(struct rule_run *run, enum model_meaning meaning, bool in_baggage,
	void (*report)(struct rule_run *run, const struct private_hit *hit))
{
	struct search s = {run, meaning, in_baggage, report};
	for (size_t i = 0; i < run->program->funcs.nr; i++) {
		struct func *f = run->program->funcs.at[i];
		if (f->ir->flags & (IR_FUNC_SYSTEM | IR_FUNC_TEMPLATE))
			continue;
		for (uint32_t k = 0; k < f->nr_calls; k++) {
			const struct pairs *pairs = pairs_of(run->program, f, &f->calls[k]);
			for (size_t n = 0; n < pairs->all.nr; n++)
				judge(&s, f, &pairs->all.at[n]);
		}
	}
}
