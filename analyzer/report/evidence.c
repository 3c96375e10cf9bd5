/* Writes what the sources and the traces say: where they disagree first. */
#include "report/evidence.h"

#include "base/duration.h"
#include "report/columns.h"

#include <inttypes.h>

#define FOREIGN_SHOWN 10

static const char *number(struct arena *a, uint64_t n)
{
	return arena_printf(a, "%" PRIu64, n);
}

static const char *share(struct arena *a, uint64_t part, uint64_t all)
{
	return arena_printf(a, "%.1f %%", all ? 100.0 * (double)part / (double)all : 0.0);
}

static const char *place_text(struct arena *a, const struct place *place)
{
	return arena_printf(a, "%s:%u", place->file, place->line);
}

static const char *title(const struct evidence_site *s)
{
	return s->name[0] ? s->name : "(named at run time)";
}

static void add_disagreement(
	struct pen *p, const char *place, const char *what, const char *name, const char *text)
{
	pen_add(p, INK_BOLD, "    ");
	pen_add(p, INK_BOLD, place);
	pen_addf(p, INK_PLAIN, " %s \"%s\"", what, name);
	pen_line_end(p);
	pen_blanks(p, 6);
	pen_wrapped(p, INK_PLAIN, text, 6);
	pen_line_end(p);
}

static void add_disagreements(struct pen *p, const struct evidence *e)
{
	struct arena *a = p->out->arena;
	size_t nr = 0;
	for (size_t i = 0; i < e->paths.nr; i++)
		nr += e->paths.at[i].disagreement[0] != '\0';
	for (size_t i = 0; i < e->sites.nr; i++)
		nr += e->sites.at[i].disagreement[0] != '\0';
	if (!nr)
		return;
	pen_add(p, INK_BOLD_YELLOW, "  Where sources and traces disagree");
	pen_line_end(p);
	for (size_t i = 0; i < e->paths.nr; i++)
		if (e->paths.at[i].disagreement[0])
			add_disagreement(p, place_text(a, &e->paths.at[i].place), "critical path",
				e->paths.at[i].name, e->paths.at[i].disagreement);
	for (size_t i = 0; i < e->sites.nr; i++)
		if (e->sites.at[i].disagreement[0])
			add_disagreement(p, place_text(a, &e->sites.at[i].place), "span",
				title(&e->sites.at[i]), e->sites.at[i].disagreement);
	pen_line_end(p);
}

static void add_paths(struct pen *p, const struct evidence *e)
{
	struct arena *a = p->out->arena;
	struct columns t;
	if (!e->paths.nr)
		return;
	columns_init(&t, p, "lllrr", 2);
	columns_add(&t, "critical path");
	columns_add(&t, "in the sources");
	columns_add(&t, "in the traces");
	columns_add(&t, "spans");
	columns_add(&t, "failed");
	for (size_t i = 0; i < e->paths.nr; i++) {
		const struct evidence_path *path = &e->paths.at[i];
		struct strbuf b;
		strbuf_init(&b, a);
		for (size_t k = 0; k < path->lacks.nr; k++)
			if (path->lacks.at[k].nr)
				strbuf_addf(&b, "%s%" PRIu64 " without %s", b.len ? ", " : "",
					path->lacks.at[k].nr, path->lacks.at[k].keys);
		columns_add(&t, path->name);
		columns_add(&t, path->verdict);
		columns_add(&t, path->is_unknown ? "cannot be told apart"
				: !path->nr      ? "never seen"
				: b.len          ? strbuf_str(&b)
						 : "complete");
		columns_add(&t, path->is_unknown ? "" : number(a, path->nr));
		columns_add(&t, path->is_unknown ? "" : number(a, path->nr_errors));
	}
	columns_print(&t);
	pen_line_end(p);
}

static void add_sites(struct pen *p, const struct evidence *e)
{
	static const char *const head[] = {"span", "started at", "in the sources", "spans",
		"a trace", "share", "bytes", "median", "p99"};
	struct arena *a = p->out->arena;
	struct columns t;
	bool has_shared = false;
	columns_init(&t, p, "lllrrrrrr", 2);
	for (size_t i = 0; i < 9; i++)
		columns_add(&t, head[i]);
	for (size_t i = 0; i < e->sites.nr; i++) {
		const struct evidence_site *s = &e->sites.at[i];
		bool has_numbers = s->nr > 0;
		has_shared |= s->nr_places > 1;
		columns_add(&t, title(s));
		columns_add(&t, place_text(a, &s->place));
		columns_add(&t, s->verdict);
		columns_add(&t, s->is_unknown ? "?"
					      : arena_printf(a, "%s%s", number(a, s->nr),
							s->nr_places > 1 ? "*" : ""));
		columns_add(&t,
			has_numbers ? arena_printf(a, "%.2f", (double)s->nr / (double)e->nr_traces)
				    : "");
		columns_add(&t, has_numbers ? share(a, s->nr, e->nr_spans) : "");
		columns_add(&t, has_numbers ? share(a, s->bytes, e->bytes) : "");
		columns_add(&t, has_numbers ? duration_text(a, s->median, p->is_unicode) : "");
		columns_add(&t, has_numbers ? duration_text(a, s->p99, p->is_unicode) : "");
	}
	columns_print(&t);
	if (has_shared) {
		pen_add(p, INK_DIM, "  * of all places that start spans of this name");
		pen_line_end(p);
	}
	pen_line_end(p);
}

void evidence_text(struct pen *p, const struct evidence *e)
{
	struct arena *a = p->out->arena;
	pen_add(p, INK_BOLD, "  Evidence");
	pen_addf(p, INK_PLAIN, "  %s, %s, %s", count_of(a, e->nr_traces, "trace", "traces"),
		count_of(a, e->nr_spans, "span", "spans"), bytes_text(a, e->bytes));
	pen_line_end(p);
	pen_line_end(p);
	add_disagreements(p, e);
	add_paths(p, e);
	add_sites(p, e);
	if (!e->foreign.nr)
		return;
	pen_addf(p, INK_BOLD, "  Started elsewhere");
	for (size_t i = 0; i < e->foreign.nr && i < FOREIGN_SHOWN; i++)
		pen_addf(p, INK_PLAIN, "%s%s (%" PRIu64 ")", i ? ", " : "  ", e->foreign.at[i].name,
			e->foreign.at[i].nr);
	if (e->foreign.nr > FOREIGN_SHOWN)
		pen_addf(p, INK_PLAIN, " and %zu more names", e->foreign.nr - FOREIGN_SHOWN);
	pen_line_end(p);
	pen_line_end(p);
}

static void json_path(struct jsonout *j, const struct evidence_path *path)
{
	jsonout_object(j, NULL);
	jsonout_string(j, "name", path->name);
	jsonout_string(j, "file", path->place.file);
	jsonout_int(j, "line", path->place.line);
	jsonout_string(j, "static", path->verdict);
	jsonout_bool(j, "is_known", !path->is_unknown);
	jsonout_int(j, "spans", (int64_t)path->nr);
	jsonout_int(j, "failed", (int64_t)path->nr_errors);
	jsonout_array(j, "lacking");
	for (size_t i = 0; i < path->lacks.nr; i++) {
		jsonout_object(j, NULL);
		jsonout_string(j, "keys", path->lacks.at[i].keys);
		jsonout_int(j, "spans", (int64_t)path->lacks.at[i].nr);
		jsonout_object_end(j);
	}
	jsonout_array_end(j);
	jsonout_string(j, "disagreement", path->disagreement);
	jsonout_object_end(j);
}

static void json_site(struct jsonout *j, const struct evidence_site *s)
{
	jsonout_object(j, NULL);
	jsonout_string(j, "name", s->name);
	jsonout_string(j, "file", s->place.file);
	jsonout_int(j, "line", s->place.line);
	jsonout_string(j, "function", s->function);
	jsonout_string(j, "static", s->verdict);
	jsonout_bool(j, "is_known", !s->is_unknown);
	jsonout_int(j, "places", s->nr_places);
	jsonout_int(j, "spans", (int64_t)s->nr);
	jsonout_int(j, "failed", (int64_t)s->nr_errors);
	jsonout_int(j, "bytes", (int64_t)s->bytes);
	jsonout_int(j, "median_ns", (int64_t)s->median);
	jsonout_int(j, "p99_ns", (int64_t)s->p99);
	jsonout_string(j, "disagreement", s->disagreement);
	jsonout_object_end(j);
}

void evidence_json(struct jsonout *j, const struct evidence *e)
{
	jsonout_object(j, "evidence");
	jsonout_int(j, "traces", (int64_t)e->nr_traces);
	jsonout_int(j, "spans", (int64_t)e->nr_spans);
	jsonout_int(j, "bytes", (int64_t)e->bytes);
	jsonout_array(j, "critical_paths");
	for (size_t i = 0; i < e->paths.nr; i++)
		json_path(j, &e->paths.at[i]);
	jsonout_array_end(j);
	jsonout_array(j, "sites");
	for (size_t i = 0; i < e->sites.nr; i++)
		json_site(j, &e->sites.at[i]);
	jsonout_array_end(j);
	jsonout_array(j, "foreign");
	for (size_t i = 0; i < e->foreign.nr; i++) {
		jsonout_object(j, NULL);
		jsonout_string(j, "name", e->foreign.at[i].name);
		jsonout_int(j, "spans", (int64_t)e->foreign.at[i].nr);
		jsonout_object_end(j);
	}
	jsonout_array_end(j);
	jsonout_object_end(j);
}
