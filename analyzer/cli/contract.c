/* Gathers what a program can emit. */
#include "cli/contract.h"

#include "flow/spans.h"

#include <stdlib.h>
#include <string.h>

struct gatherer {
	struct contract *c;
	struct program *p;
	struct map attributes, spans; /* name → number in the table + 1 */
	struct names *paths;          /* per function: critical paths that reach it */
};

static void names_add(struct arena *a, struct names *n, const char *name)
{
	size_t at = 0;
	while (at < n->all.nr && strcmp(n->all.at[at], name) < 0)
		at++;
	if (at < n->all.nr && str_eq(n->all.at[at], name))
		return;
	vec_push(a, &n->all, name);
	memmove(n->all.at + at + 1, n->all.at + at, (n->all.nr - 1 - at) * sizeof(*n->all.at));
	n->all.at[at] = name;
}

bool contract_is_ours(const struct program *p, const struct ir_loc *loc)
{
	if (!loc->line || p->files.at[loc->file].is_system)
		return false;
	for (size_t i = 0; i < p->config->exclude.nr; i++)
		if (str_glob(p->config->exclude.at[i], p->files.at[loc->file].path))
			return false;
	return true;
}

/* The API's own functions are named by those who call them, and no part of the program. */
static bool is_api(const struct program *p, const struct func *f)
{
	return models_call_named(p->models, f->ir->name) != NULL;
}

static struct contract_site site_at(
	const struct program *p, const struct func *f, const struct ir_loc *loc)
{
	return (struct contract_site){
		.file = program_file(p, loc), .function = f->ir->name, .line = loc->line};
}

static struct contract_entry *entry_of(
	struct gatherer *g, struct contract_table *t, struct map *index, const char *name)
{
	void **slot = map_slot(index, name);
	if (!*slot) {
		vec_push(g->c->arena, &t->all, (struct contract_entry){.name = name});
		*slot = (void *)(uintptr_t)t->all.nr;
	}
	return &t->all.at[(uintptr_t)*slot - 1];
}

/* ---- critical paths ---- */

static void reach(struct gatherer *g, struct func *f, const char *path, bool *seen)
{
	if (seen[f->number])
		return;
	seen[f->number] = true;
	names_add(g->c->arena, &g->paths[f->number], path);
	for (uint32_t i = 0; i < f->nr_calls; i++)
		if (f->calls[i].callee)
			reach(g, f->calls[i].callee, path, seen);
}

static void find_paths(struct gatherer *g)
{
	g->paths = arena_array(g->c->arena, struct names, g->p->funcs.nr);
	for (size_t i = 0; i < g->p->criticals.nr; i++) {
		const struct critical *critical = &g->p->criticals.at[i];
		if (!critical->func)
			continue;
		struct arena scratch;
		arena_init(&scratch);
		reach(g, critical->func, critical->path.name,
			arena_array(&scratch, bool, g->p->funcs.nr));
		arena_fini(&scratch);
	}
}

/* ---- attributes and spans ---- */

static const char *place_of(enum model_effect effect)
{
	switch (effect) {
	case EFFECT_RESOURCE:
		return "resource";
	case EFFECT_EVENT:
		return "event";
	case EFFECT_LINK:
		return "link";
	default:
		return "span";
	}
}

static void add_attribute(struct gatherer *g, const struct attribute_site *s)
{
	struct arena *a = g->c->arena;
	struct contract_table *t = &g->c->attributes;
	struct contract_site at = site_at(g->p, s->func, &s->loc);
	if (!contract_is_ours(g->p, &s->loc) || is_api(g->p, s->func))
		return;
	if (!s->key) {
		vec_push(a, &t->open, at);
		return;
	}
	struct contract_entry *e = entry_of(g, t, &g->attributes, s->key);
	if (s->type != TYPE_UNKNOWN)
		names_add(a, &e->types, attribute_type_name(s->type));
	names_add(a, &e->on, place_of(s->effect));
	const struct names *paths = &g->paths[s->func->number];
	for (size_t i = 0; i < paths->all.nr; i++)
		names_add(a, &e->paths, paths->all.at[i]);
	vec_push(a, &e->sites, at);
}

static void add_span(struct gatherer *g, struct func *f, const struct span_site *s)
{
	struct arena *a = g->c->arena;
	const struct ir_loc *loc = &f->ir->ops[s->op].loc;
	struct contract_site at = site_at(g->p, f, loc);
	if (!contract_is_ours(g->p, loc) || is_api(g->p, f) ||
		(f->ir->flags & (IR_FUNC_SYSTEM | IR_FUNC_TEMPLATE)))
		return;
	if (!s->name) {
		/* a wrapper's own start is named by its callers */
		if (s->name_value != IR_NONE)
			vec_push(a, &g->c->spans.open, at);
		return;
	}
	struct contract_entry *e = entry_of(g, &g->c->spans, &g->spans, s->name);
	struct start_options options;
	start_options_of(g->p, f, s, &options);
	if (options.kind != KIND_UNKNOWN)
		names_add(a, &e->types, span_kind_name(options.kind));
	const struct names *paths = &g->paths[f->number];
	for (size_t i = 0; i < paths->all.nr; i++)
		names_add(a, &e->paths, paths->all.at[i]);
	vec_push(a, &e->sites, at);
}

static int compare_entries(const void *x, const void *y)
{
	const struct contract_entry *a = x, *b = y;
	return strcmp(a->name, b->name);
}

static int compare_sites(const void *x, const void *y)
{
	const struct contract_site *a = x, *b = y;
	int order = strcmp(a->file, b->file);
	return order ? order : (a->line > b->line) - (a->line < b->line);
}

static void sort_table(struct contract_table *t)
{
	if (t->all.nr)
		qsort(t->all.at, t->all.nr, sizeof(*t->all.at), compare_entries);
	for (size_t i = 0; i < t->all.nr; i++)
		qsort(t->all.at[i].sites.at, t->all.at[i].sites.nr, sizeof(*t->all.at[i].sites.at),
			compare_sites);
	if (t->open.nr)
		qsort(t->open.at, t->open.nr, sizeof(*t->open.at), compare_sites);
}

void contract_build(struct contract *c, struct program *p, struct arena *a)
{
	*c = (struct contract){.arena = a};
	struct gatherer g = {.c = c, .p = p};
	map_init(&g.attributes, a);
	map_init(&g.spans, a);
	find_paths(&g);
	const struct attribute_sites *sites = attribute_sites_of(p);
	for (size_t i = 0; i < sites->all.nr; i++)
		add_attribute(&g, &sites->all.at[i]);
	for (size_t i = 0; i < p->funcs.nr; i++)
		for (uint32_t k = 0; k < p->funcs.at[i]->nr_sites; k++)
			add_span(&g, p->funcs.at[i], &p->funcs.at[i]->sites[k]);
	sort_table(&c->attributes);
	sort_table(&c->spans);
}
