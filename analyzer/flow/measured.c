/* Joins what was measured with the places that start spans. */
#include "flow/measured.h"

#include "base/str.h"
#include "flow/provenance.h"
#include "flow/spans.h"
#include "flow/strings.h"

#include <string.h>

#define NAMES_MAX   16384
#define PREFIX_MIN  3 /* bytes: less fits everything */
#define SPANS_MIN   100
#define FLOOD_SHARE 20    /* a twentieth */
#define FLOOD_NS    50000 /* shorter ones cost more to record than they tell */

void measured_init(struct measured *m, struct arena *a, const struct program *p)
{
	*m = (struct measured){.arena = a};
	map_init(&m->by_name, a);
	for (size_t i = 0; i < p->criticals.nr; i++) {
		const struct critical *c = &p->criticals.at[i];
		for (size_t k = 0; k < c->path.nr_groups; k++) {
			struct measured_question q = {c, &c->path.groups[k]};
			if (!q.group->is_optional)
				vec_push(a, &m->questions, q);
		}
	}
}

struct measured_name *measured_name_of(struct measured *m, const char *name)
{
	struct measured_name *n = map_get(&m->by_name, name);
	if (n || m->names.nr == NAMES_MAX)
		return n;
	n = arena_new(m->arena, struct measured_name);
	n->name = arena_strdup(m->arena, name);
	n->nr_lacking = arena_array(m->arena, uint64_t, m->questions.nr);
	map_put(&m->by_name, n->name, n);
	vec_push(m->arena, &m->names, n);
	return n;
}

/* ---- places ---- */

struct join {
	struct program *program;
	struct measured *measured;
	struct map places; /* name → number of places that start it */
	bool *renames;     /* per function: it may rename a span, or what it calls may */
};

/* Whose span a helper renames is not asked: a name that may be another one proves nothing. */
static bool may_rename(const struct join *j, const struct func *f)
{
	for (uint32_t i = 0; i < f->nr_calls; i++) {
		const struct call *call = &f->calls[i];
		if (call->model && call->model->effect == EFFECT_RENAME)
			return true;
		if (call->callee && j->renames[call->callee->number])
			return true;
	}
	return false;
}

static void find_renames(struct join *j)
{
	const struct program *p = j->program;
	bool has_changed = true;
	j->renames = arena_array(j->measured->arena, bool, p->funcs.nr);
	while (has_changed) {
		has_changed = false;
		for (size_t i = 0; i < p->funcs.nr; i++) {
			if (j->renames[i] || !may_rename(j, p->funcs.at[i]))
				continue;
			j->renames[i] = has_changed = true;
		}
	}
}

static void count_place(struct join *j, const char *name)
{
	void **slot = map_slot(&j->places, name);
	*slot = (void *)((uintptr_t)*slot + 1);
}

/* The names its spans can have, all of them. */
static bool names_of(struct join *j, const struct measured_site *s, struct string_set *out)
{
	out->nr = 0;
	if (s->site->name) {
		out->at[out->nr++] = s->site->name;
		return true;
	}
	return value_strings(values_of(j->program, s->func), s->site->name_value, out);
}

static void add_name(struct join *j, struct measured_site *s, struct measured_name *n,
	struct quantile *durations)
{
	if (!n)
		return;
	n->is_started = true;
	j->measured->has_match = true;
	s->one = s->nr ? NULL : n;
	s->nr += n->nr;
	s->nr_errors += n->nr_errors;
	s->bytes += n->bytes;
	quantile_merge(durations, j->measured->arena, &n->durations);
}

static void match_exact(struct join *j, struct measured_site *s, const struct string_set *names,
	struct quantile *durations)
{
	struct strbuf b;
	strbuf_init(&b, j->measured->arena);
	for (size_t i = 0; i < names->nr; i++) {
		add_name(j, s, map_get(&j->measured->by_name, names->at[i]), durations);
		strbuf_addf(&b, "%s%s", i ? " | " : "", names->at[i]);
	}
	s->match = MEASURED_EXACT;
	s->name = strbuf_str(&b);
	if (names->nr != 1)
		s->one = NULL;
}

static bool match_prefix(struct join *j, struct measured_site *s, struct quantile *durations)
{
	struct provenance from;
	provenance_of(j->program, s->func, s->site->name_value, &from);
	if (!from.is_built || strlen(from.prefix) < PREFIX_MIN)
		return false;
	for (size_t i = 0; i < j->measured->names.nr; i++)
		if (str_has_prefix(j->measured->names.at[i]->name, from.prefix))
			add_name(j, s, j->measured->names.at[i], durations);
	s->match = MEASURED_PREFIX;
	s->name = arena_printf(j->measured->arena, "%s*", from.prefix);
	s->one = NULL;
	return true;
}

static void join_site(struct join *j, struct func *f, const struct span_site *site)
{
	struct measured_site s = {.func = f, .site = site, .name = "", .nr_places = 1};
	struct quantile durations = {.nr = 0};
	struct string_set names;
	s.match = MEASURED_UNKNOWN;
	bool is_renamed = j->renames[f->number];
	bool is_known = !is_renamed && names_of(j, &s, &names);
	if (is_known) {
		match_exact(j, &s, &names, &durations);
		for (size_t i = 0; i < names.nr; i++)
			count_place(j, names.at[i]);
	} else if (!is_renamed) {
		match_prefix(j, &s, &durations);
	} else if (site->name) {
		s.name = arena_printf(j->measured->arena, "%s (renamed)", site->name);
	}
	s.median = quantile_at(&durations, 0.5);
	s.p99 = quantile_at(&durations, 0.99);
	vec_push(j->measured->arena, &j->measured->sites, s);
}

/* A wrapper's own start is named by its callers; functions of the API are nobody's. */
static bool is_place(const struct program *p, const struct func *f, const struct span_site *s)
{
	return !(f->ir->flags & (IR_FUNC_SYSTEM | IR_FUNC_TEMPLATE)) && f->ir->loc.line &&
	       !p->files.at[f->ir->loc.file].is_system &&
	       !models_call_named(p->models, f->ir->name) && (s->name || s->name_value != IR_NONE);
}

const struct measured *measured_of(struct program *p)
{
	struct measured *m = p->measured;
	struct join j = {.program = p, .measured = m};
	if (!m || m->is_joined)
		return m;
	m->is_joined = true;
	map_init(&j.places, m->arena);
	find_renames(&j);
	for (size_t i = 0; i < p->funcs.nr; i++)
		for (uint32_t k = 0; k < p->funcs.at[i]->nr_sites; k++)
			if (is_place(p, p->funcs.at[i], &p->funcs.at[i]->sites[k]))
				join_site(&j, p->funcs.at[i], &p->funcs.at[i]->sites[k]);
	for (size_t i = 0; i < m->sites.nr; i++) {
		struct measured_site *s = &m->sites.at[i];
		uintptr_t nr = s->site->name ? (uintptr_t)map_get(&j.places, s->site->name) : 0;
		s->nr_places = nr ? (uint32_t)nr : 1;
	}
	return m;
}

const struct measured_site *measured_site_of(
	const struct measured *m, const struct func *f, const struct span_site *site)
{
	for (size_t i = 0; i < m->sites.nr; i++)
		if (m->sites.at[i].func == f && m->sites.at[i].site == site)
			return &m->sites.at[i];
	return NULL;
}

bool measured_is_flood(const struct measured *m, const struct measured_site *s)
{
	return m->nr_spans >= SPANS_MIN && s->nr > m->nr_spans / FLOOD_SHARE &&
	       s->median < FLOOD_NS;
}
