/* Sets verdicts and measurements side by side, and says where they disagree. */
#include "cli/evidence.h"

#include "base/duration.h"
#include "base/str.h"
#include "flow/verdict.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define LONG_NS                                                                                    \
	1000000     /* a span that is called trivial and takes a millisecond waits for something */
#define SEEN_MIN 20 /* spans: fewer may be the machine's fault, not the code's */

static struct place place_of(const struct program *p, const struct ir_loc *loc)
{
	return (struct place){.file = program_file(p, loc),
		.line = loc->line,
		.col = loc->col,
		.end_col = loc->end_col};
}

/* ---- spans ---- */

static const char *worth_text(const struct func *f, const struct span_site *s)
{
	static const char *const texts[] = {[WORTH_CALLBACK] = "callback",
		[WORTH_ACCESSOR] = "accessor",
		[WORTH_WRAPPER] = "wrapper",
		[WORTH_TRIVIAL] = "trivial",
		[WORTH_IN_LOOP] = "in a loop",
		[WORTH_DESERVED] = "deserved",
		[WORTH_UNDECIDED] = "undecided"};
	return f->critical ? "critical" : texts[s->verdict->worth];
}

static const char *site_disagreement(
	struct arena *a, const struct measured *m, const struct measured_site *s)
{
	enum worth worth = s->site->verdict->worth;
	const char *median = duration_text(a, s->median, false);
	if (s->match == MEASURED_UNKNOWN || !s->nr || s->nr_places > 1)
		return "";
	if (worth_is_too_much(worth) && worth != WORTH_IN_LOOP && s->nr >= SEEN_MIN &&
		s->median >= LONG_NS)
		return arena_printf(a,
			"the sources say that nothing in it may wait; half of its spans take %s "
			"and "
			"more: it is worth asking what in it does",
			median);
	if (!worth_is_too_much(worth) && !s->func->critical && s->site->is_internal &&
		measured_is_flood(m, s))
		return arena_printf(a,
			"the sources say nothing against it; it is %.1f %% of all spans, and half "
			"of them take %s or less",
			100.0 * (double)s->nr / (double)m->nr_spans, median);
	return "";
}

static void add_site(struct evidence *e, struct arena *a, struct program *p,
	const struct measured *m, const struct measured_site *s)
{
	struct evidence_site row = {.function = s->func->ir->name,
		.name = s->name,
		.verdict = worth_text(s->func, s->site),
		.disagreement = site_disagreement(a, m, s),
		.nr = s->nr,
		.nr_errors = s->nr_errors,
		.bytes = s->bytes,
		.median = s->median,
		.p99 = s->p99,
		.nr_places = s->nr_places,
		.is_unknown = s->match == MEASURED_UNKNOWN};
	row.place = place_of(p, &s->func->ir->ops[s->site->op].loc);
	vec_push(a, &e->sites, row);
}

/* ---- critical paths ---- */

static bool has_finding(const struct findings *findings, const struct critical *c, const char *rule)
{
	for (size_t i = 0; i < findings->all.nr; i++) {
		const struct finding *f = &findings->all.at[i];
		if (str_eq(f->rule, rule) && str_eq(f->function, c->func->ir->name) &&
			str_has_prefix(f->subject, c->path.name))
			return true;
	}
	return false;
}

/* The one span of the path; NULL: it has several, or none of its own. */
static const struct measured_site *path_site(const struct measured *m, const struct critical *c)
{
	if (c->path.on_current || c->func->nr_sites != 1)
		return NULL;
	const struct measured_site *s = measured_site_of(m, c->func, &c->func->sites[0]);
	return s && s->match == MEASURED_EXACT && s->nr_places == 1 ? s : NULL;
}

static uint64_t add_lacks(struct evidence_path *row, struct arena *a, const struct measured *m,
	const struct critical *c, const struct measured_site *s)
{
	uint64_t worst = 0;
	for (size_t i = 0; i < m->questions.nr; i++) {
		if (m->questions.at[i].critical != c)
			continue;
		struct evidence_lack lack = {.keys = m->questions.at[i].group->text};
		lack.nr = s->one ? s->one->nr_lacking[i] : 0;
		worst = lack.nr > worst ? lack.nr : worst;
		vec_push(a, &row->lacks, lack);
	}
	return worst;
}

static void add_path(struct evidence *e, struct arena *a, struct program *p,
	const struct measured *m, const struct critical *c, const struct findings *findings)
{
	const struct measured_site *s = path_site(m, c);
	bool has_no_span = has_finding(findings, c, "missing-span");
	bool can_lack = has_finding(findings, c, "missing-attribute");
	struct evidence_path row = {.name = c->path.name,
		.place = place_of(p, &c->func->ir->loc),
		.verdict = has_no_span ? "owns no span"
			   : can_lack  ? "can lack an attribute"
				       : "complete",
		.disagreement = "",
		.is_unknown = !s};
	if (s) {
		uint64_t lacking = add_lacks(&row, a, m, c, s);
		row.nr = s->nr;
		row.nr_errors = s->nr_errors;
		if (!s->nr)
			row.disagreement = "the sources start its span; no trace has one";
		else if (lacking && !can_lack)
			row.disagreement = arena_printf(a,
				"the sources set every required attribute on every path; %" PRIu64
				" of %" PRIu64 " spans came without one",
				lacking, s->nr - s->nr_errors);
		else if (!lacking && can_lack)
			row.disagreement = arena_printf(a,
				"the sources have a path without a required attribute; none of "
				"%" PRIu64 " spans took it",
				s->nr);
	}
	vec_push(a, &e->paths, row);
}

/* ---- the page ---- */

static int by_place(const struct place *a, const struct place *b)
{
	int by_file = strcmp(a->file, b->file);
	if (by_file)
		return by_file;
	return a->line != b->line ? (a->line < b->line ? -1 : 1)
				  : (a->col > b->col) - (a->col < b->col);
}

static int compare_sites(const void *left, const void *right)
{
	const struct evidence_site *a = left, *b = right;
	if (!a->disagreement[0] != !b->disagreement[0])
		return a->disagreement[0] ? -1 : 1;
	if (a->nr != b->nr)
		return a->nr > b->nr ? -1 : 1;
	return by_place(&a->place, &b->place);
}

static int compare_paths(const void *left, const void *right)
{
	const struct evidence_path *a = left, *b = right;
	if (!a->disagreement[0] != !b->disagreement[0])
		return a->disagreement[0] ? -1 : 1;
	int by_name = strcmp(a->name, b->name);
	return by_name ? by_name : by_place(&a->place, &b->place);
}

static int compare_names(const void *left, const void *right)
{
	const struct evidence_name *a = left, *b = right;
	if (a->nr != b->nr)
		return a->nr > b->nr ? -1 : 1;
	return strcmp(a->name, b->name);
}

void evidence_build(struct evidence *e, struct arena *a, struct program *p,
	const struct measured *m, const struct findings *findings)
{
	*e = (struct evidence){
		.nr_traces = m->nr_traces, .nr_spans = m->nr_spans, .bytes = m->bytes};
	for (size_t i = 0; i < m->sites.nr; i++)
		add_site(e, a, p, m, &m->sites.at[i]);
	for (size_t i = 0; i < p->criticals.nr; i++)
		if (p->criticals.at[i].func)
			add_path(e, a, p, m, &p->criticals.at[i], findings);
	for (size_t i = 0; i < m->names.nr; i++) {
		struct evidence_name name = {m->names.at[i]->name, m->names.at[i]->nr};
		if (!m->names.at[i]->is_started)
			vec_push(a, &e->foreign, name);
	}
	if (e->sites.nr)
		qsort(e->sites.at, e->sites.nr, sizeof(*e->sites.at), compare_sites);
	if (e->paths.nr)
		qsort(e->paths.at, e->paths.nr, sizeof(*e->paths.at), compare_paths);
	if (e->foreign.nr)
		qsort(e->foreign.at, e->foreign.nr, sizeof(*e->foreign.at), compare_names);
}
