/* no-business-context: spans, and not one attribute that says what they were for. */
#include "base/embedded.h"
#include "base/json.h"
#include "base/str.h"
#include "engine/tell.h"
#include "flow/attributes.h"
#include "flow/pairs.h"

#include <string.h>

void rule_no_business_context(struct rule_run *run);

#define DATA "rules/under/no-business-context/namespaces.json"
#define FEW  5

struct survey {
	struct rule_run *run;
	const struct json *technical;
	uint32_t nr_spans, nr_keys;
	bool is_fine; /* a key of another kind, or one that we cannot read */
	struct func *first;
	uint32_t first_op;
};

static const struct json *read_namespaces(struct rule_run *run)
{
	unsigned line;
	const char *error;
	for (const struct embedded_file *f = embedded_files; f->path; f++)
		if (str_eq(f->path, DATA))
			return json_get(
				json_parse(run->arena, f->bytes, &line, &error), "technical");
	return NULL;
}

static bool is_technical(const struct survey *s, const char *key)
{
	size_t n = strcspn(key, ".");
	for (size_t i = 0; i < json_size(s->technical); i++) {
		const char *name = json_string(json_at(s->technical, i));
		if (strlen(name) == n && strncmp(name, key, n) == 0)
			return true;
	}
	return false;
}

static void see_key(struct survey *s, const char *key)
{
	s->nr_keys++;
	if (!key || !is_technical(s, key))
		s->is_fine = true;
}

static void see_call(struct survey *s, struct func *f, const struct call *c)
{
	const struct model_call *m = c->model;
	if (!m || (m->effect != EFFECT_ATTRIBUTE && m->effect != EFFECT_START &&
			  m->effect != EFFECT_BAGGAGE_SET))
		return;
	if (m->effect == EFFECT_BAGGAGE_SET) {
		s->is_fine = true;
		return;
	}
	const struct pairs *pairs = pairs_of(s->run->program, f, c);
	for (size_t i = 0; i < pairs->all.nr; i++)
		see_key(s, pairs->all.at[i].text);
	if (pairs->has_unknown)
		s->is_fine = true;
}

static void see_site(struct survey *s, struct func *f, const struct span_site *site)
{
	const struct walk *w = site->walk;
	if (!s->nr_spans++) {
		s->first = f;
		s->first_op = site->op;
	}
	for (size_t i = 0; i < w->keys.nr; i++)
		if (!key_is_param(w->keys.at[i]))
			see_key(s, w->keys.at[i]);
	for (size_t i = 0; i < w->exits.nr; i++)
		if (keys_has_unknown(w, w->exits.at[i].keys))
			s->is_fine = true;
}

void rule_no_business_context(struct rule_run *run)
{
	struct survey s = {.run = run, .technical = read_namespaces(run)};
	bool has_main = false;
	for (size_t i = 0; i < run->program->funcs.nr; i++) {
		struct func *f = run->program->funcs.at[i];
		if (f->ir->flags & IR_FUNC_SYSTEM)
			continue;
		has_main |= (f->ir->flags & IR_FUNC_MAIN) != 0;
		for (uint32_t k = 0; k < f->nr_calls; k++)
			see_call(&s, f, &f->calls[k]);
		for (uint32_t k = 0; k < f->nr_sites; k++)
			see_site(&s, f, &f->sites[k]);
	}
	/* a library's spans are somebody else's service; data of ours that is missing says nothing
	 */
	if (!has_main || s.is_fine || s.nr_spans < FEW || !s.technical)
		return;
	tell(run, s.first, &s.first->ir->ops[s.first_op].loc, "",
		tell_text(run,
			"%u places start spans, and no attribute anywhere says what they are for",
			s.nr_spans),
		"the traces tell that something was slow or broke, never for whom: no search by "
		"tenant, "
		"customer or order, no way to know which failures matter",
		"on the span of each operation that the business knows by name, set what "
		"identifies it: "
		"tenant, user or its hash, order, feature flags",
		NULL);
}
