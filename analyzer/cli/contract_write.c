/* Writes a contract: for people, for machines, for weaver. */
#include "cli/contract.h"

#include "flow/spans.h"
#include "flow/strings.h"
#include "flow/value_type.h"
#include "report/jsonout.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define CONTRACT_VERSION 1

/* ---- text ---- */

static void add_names(struct strbuf *out, const struct names *n, const char *none)
{
	for (size_t i = 0; i < n->all.nr; i++)
		strbuf_addf(out, "%s%s", i ? ", " : "", n->all.at[i]);
	if (!n->all.nr)
		strbuf_add(out, none);
}

static size_t widest(const struct contract_table *t)
{
	size_t width = 12;
	for (size_t i = 0; i < t->all.nr; i++) {
		size_t n = strlen(t->all.at[i].name);
		width = n > width && n <= 48 ? n : width;
	}
	return width;
}

static void text_table(
	struct strbuf *out, const struct contract_table *t, const char *what, const char *type)
{
	size_t width = widest(t);
	strbuf_addf(out, "%s\n", what);
	for (size_t i = 0; i < t->all.nr; i++) {
		const struct contract_entry *e = &t->all.at[i];
		struct strbuf kinds;
		strbuf_init(&kinds, out->arena);
		add_names(&kinds, &e->types, type);
		strbuf_addf(out, "  %-*s  %-10s", (int)width, e->name, strbuf_str(&kinds));
		strbuf_addf(out, "  %s:%u", e->sites.at[0].file, e->sites.at[0].line);
		if (e->sites.nr > 1)
			strbuf_addf(out, " and %zu more", e->sites.nr - 1);
		if (e->paths.all.nr) {
			strbuf_add(out, "  on ");
			add_names(out, &e->paths, "");
		}
		strbuf_addc(out, '\n');
	}
	if (!t->all.nr)
		strbuf_add(out, "  none\n");
	for (size_t i = 0; i < t->open.nr; i++)
		strbuf_addf(out, "  (made at run time: %s:%u)\n", t->open.at[i].file,
			t->open.at[i].line);
}

void contract_text(struct strbuf *out, const struct contract *c)
{
	text_table(out, &c->spans, "Spans", "");
	strbuf_addc(out, '\n');
	text_table(out, &c->attributes, "Attributes", "unknown");
}

/* ---- JSON ---- */

static void json_names(struct jsonout *j, const char *key, const struct names *n)
{
	jsonout_array(j, key);
	for (size_t i = 0; i < n->all.nr; i++)
		jsonout_string(j, NULL, n->all.at[i]);
	jsonout_array_end(j);
}

static void json_table(struct jsonout *j, const struct contract_table *t, const char *key,
	const char *name, const char *types, bool has_on)
{
	jsonout_array(j, key);
	for (size_t i = 0; i < t->all.nr; i++) {
		const struct contract_entry *e = &t->all.at[i];
		jsonout_object(j, NULL);
		jsonout_string(j, name, e->name);
		json_names(j, types, &e->types);
		if (has_on)
			json_names(j, "on", &e->on);
		json_names(j, "critical_paths", &e->paths);
		jsonout_array(j, "sites");
		for (size_t k = 0; k < e->sites.nr; k++) {
			jsonout_object(j, NULL);
			jsonout_string(j, "file", e->sites.at[k].file);
			jsonout_int(j, "line", e->sites.at[k].line);
			jsonout_string(j, "function", e->sites.at[k].function);
			jsonout_object_end(j);
		}
		jsonout_array_end(j);
		jsonout_object_end(j);
	}
	jsonout_array_end(j);
}

void contract_json(struct strbuf *out, const struct contract *c)
{
	struct jsonout j;
	jsonout_init(&j, out);
	jsonout_object(&j, NULL);
	jsonout_int(&j, "version", CONTRACT_VERSION);
	json_table(&j, &c->spans, "spans", "name", "kinds", false);
	jsonout_bool(&j, "spans_open", c->spans.open.nr > 0);
	json_table(&j, &c->attributes, "attributes", "key", "types", true);
	jsonout_bool(&j, "attributes_open", c->attributes.open.nr > 0);
	jsonout_object_end(&j);
}

/* ---- weaver ---- */

struct weaver {
	struct jsonout j;
	struct program *p;
	struct arena *arena;
	const struct attribute_sites *sites;
	bool *is_told; /* per attribute site */
};

static void weaver_attribute(struct weaver *w, size_t number, const char *key)
{
	const struct attribute_site *s = &w->sites->all.at[number];
	w->is_told[number] = true;
	jsonout_object(&w->j, key);
	jsonout_string(&w->j, "name", s->key);
	if (s->type != TYPE_UNKNOWN)
		jsonout_string(&w->j, "type", attribute_type_name(s->type));
	if (s->literal && s->type == TYPE_STRING)
		jsonout_string(&w->j, "value", s->literal);
	else if (s->literal && s->type == TYPE_INT)
		jsonout_int(&w->j, "value", strtoll(s->literal, NULL, 0));
	jsonout_object_end(&w->j);
}

static bool is_wanted(const struct weaver *w, size_t number)
{
	const struct attribute_site *s = &w->sites->all.at[number];
	return s->key && !w->is_told[number] && contract_is_ours(w->p, &s->loc);
}

static const char *event_name(const struct weaver *w, const struct attribute_site *s)
{
	const struct call *call = func_call(s->func, s->op);
	if (call->model && call->model->name >= 0) {
		const char *name = value_string(values_of(w->p, s->func),
			ir_call_arg(&s->func->ir->ops[s->op], (unsigned)call->model->name));
		return name ? name : "event";
	}
	return "exception";
}

static const char *lower(struct arena *a, const char *s)
{
	char *copy = arena_strdup(a, s);
	for (char *c = copy; *c; c++)
		*c = (char)tolower((unsigned char)*c);
	return copy;
}

/* Is the attribute set on that span, as far as its function shows? */
static bool is_on(
	const struct attribute_site *s, const struct func *f, const struct span_site *span)
{
	if (s->func != f)
		return false;
	if (s->effect == EFFECT_START)
		return s->op == span->op;
	return (s->effect == EFFECT_ATTRIBUTE || s->effect == EFFECT_EXCEPTION) && f->nr_sites == 1;
}

/* The attributes of one function are next to each other. */
static size_t first_of(const struct weaver *w, const struct func *f)
{
	size_t low = 0, high = w->sites->all.nr;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (w->sites->all.at[mid].func->number < f->number)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static void weaver_events(struct weaver *w, const struct func *f)
{
	jsonout_array(&w->j, "span_events");
	for (size_t i = first_of(w, f); i < w->sites->all.nr && w->sites->all.at[i].func == f;
		i++) {
		const struct attribute_site *s = &w->sites->all.at[i];
		if (s->effect != EFFECT_EVENT || !is_wanted(w, i))
			continue;
		jsonout_object(&w->j, NULL);
		jsonout_string(&w->j, "name", event_name(w, s));
		jsonout_array(&w->j, "attributes");
		for (size_t k = i; k < w->sites->all.nr && w->sites->all.at[k].func == f; k++)
			if (w->sites->all.at[k].op == s->op && is_wanted(w, k))
				weaver_attribute(w, k, NULL);
		jsonout_array_end(&w->j);
		jsonout_object_end(&w->j);
	}
	jsonout_array_end(&w->j);
}

static void weaver_span(struct weaver *w, struct func *f, const struct span_site *span)
{
	struct start_options options;
	start_options_of(w->p, f, span, &options);
	jsonout_object(&w->j, NULL);
	jsonout_object(&w->j, "span");
	jsonout_string(&w->j, "name", span->name);
	jsonout_string(&w->j, "kind",
		options.kind == KIND_UNKNOWN ? "internal"
					     : lower(w->arena, span_kind_name(options.kind)));
	jsonout_array(&w->j, "attributes");
	for (size_t i = first_of(w, f); i < w->sites->all.nr && w->sites->all.at[i].func == f; i++)
		if (is_on(&w->sites->all.at[i], f, span) && is_wanted(w, i))
			weaver_attribute(w, i, NULL);
	jsonout_array_end(&w->j);
	if (f->nr_sites == 1)
		weaver_events(w, f);
	jsonout_object_end(&w->j);
	jsonout_object_end(&w->j);
}

static void weaver_rest(struct weaver *w)
{
	for (size_t i = 0; i < w->sites->all.nr; i++) {
		if (!is_wanted(w, i))
			continue;
		bool is_resource = w->sites->all.at[i].effect == EFFECT_RESOURCE;
		jsonout_object(&w->j, NULL);
		if (is_resource) {
			jsonout_object(&w->j, "resource");
			jsonout_array(&w->j, "attributes");
			weaver_attribute(w, i, NULL);
			jsonout_array_end(&w->j);
			jsonout_object_end(&w->j);
		} else {
			weaver_attribute(w, i, "attribute");
		}
		jsonout_object_end(&w->j);
	}
}

void contract_weaver(struct strbuf *out, struct program *p, struct arena *a)
{
	struct weaver w = {.p = p, .arena = a, .sites = attribute_sites_of(p)};
	w.is_told = arena_array(a, bool, w.sites->all.nr);
	jsonout_init(&w.j, out);
	jsonout_array(&w.j, NULL);
	for (size_t i = 0; i < p->funcs.nr; i++) {
		struct func *f = p->funcs.at[i];
		for (uint32_t k = 0; k < f->nr_sites; k++) {
			const struct ir_loc *loc = &f->ir->ops[f->sites[k].op].loc;
			if (f->sites[k].name && contract_is_ours(p, loc))
				weaver_span(&w, f, &f->sites[k]);
		}
	}
	weaver_rest(&w);
	jsonout_array_end(&w.j);
}
