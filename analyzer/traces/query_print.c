/* Writes the answer to a query, as a table or as JSON. */
#include "report/jsonout.h"
#include "report/pen.h"
#include "report/utf8.h"
#include "traces/duration.h"
#include "traces/query_run.h"

#include <inttypes.h>
#include <string.h>

#define CELL_MAX 60 /* wider values are cut in tables */

struct table {
	struct pen *pen;
	size_t nr_columns;
	const bool *is_right; /* columns of numbers */
	VEC(const char *) cells;
};

static void print_table(struct table *t)
{
	struct arena *a = t->pen->out->arena;
	size_t *widths = arena_array(a, size_t, t->nr_columns);
	for (size_t i = 0; i < t->cells.nr; i++) {
		size_t width = utf8_width(t->cells.at[i], strlen(t->cells.at[i]));
		size_t *w = &widths[i % t->nr_columns];
		*w = width > *w ? (width < CELL_MAX ? width : CELL_MAX) : *w;
	}
	for (size_t i = 0; i < t->cells.nr; i++) {
		size_t column = i % t->nr_columns, n = strlen(t->cells.at[i]);
		size_t width = utf8_width(t->cells.at[i], n);
		size_t blanks = width < widths[column] ? widths[column] - width : 0;
		bool is_last = column + 1 == t->nr_columns;
		if (t->is_right[column])
			pen_blanks(t->pen, blanks);
		pen_clipped(t->pen, i < t->nr_columns ? INK_BOLD : INK_PLAIN, t->cells.at[i], n,
			widths[column]);
		if (!t->is_right[column] && !is_last)
			pen_blanks(t->pen, blanks);
		if (is_last)
			pen_line_end(t->pen);
		else
			pen_blanks(t->pen, 2);
	}
}

static const char *number(struct arena *a, uint64_t n)
{
	return arena_printf(a, "%" PRIu64, n);
}

static void print_groups(struct pen *p, const struct query_answer *answer)
{
	struct arena *a = p->out->arena;
	size_t nr = answer->query->by.nr;
	bool *is_right = arena_array(a, bool, nr + 2);
	struct table t = {.pen = p, .nr_columns = nr + 2, .is_right = is_right};
	is_right[nr] = is_right[nr + 1] = true;
	for (size_t i = 0; i < nr; i++)
		vec_push(a, &t.cells, answer->query->by.at[i].written);
	vec_push(a, &t.cells, "spans");
	vec_push(a, &t.cells, "traces");
	for (size_t i = 0; i < answer->groups.nr; i++) {
		const struct query_group *g = answer->groups.at[i];
		for (size_t k = 0; k < nr; k++) {
			const char *none = g->is_rest ? "(more)" : "-";
			vec_push(a, &t.cells, g->values && g->values[k] ? g->values[k] : none);
		}
		vec_push(a, &t.cells, number(a, g->nr_spans));
		vec_push(a, &t.cells, number(a, g->nr_traces));
	}
	print_table(&t);
}

static void print_matches(struct pen *p, const struct query_answer *answer)
{
	static const bool is_right[] = {false, false, false, true, false};
	struct arena *a = p->out->arena;
	struct table t = {.pen = p, .nr_columns = 5, .is_right = is_right};
	vec_push(a, &t.cells, "name");
	vec_push(a, &t.cells, "service");
	vec_push(a, &t.cells, "status");
	vec_push(a, &t.cells, "duration");
	vec_push(a, &t.cells, "trace");
	for (size_t i = 0; i < answer->matches.nr; i++) {
		const struct query_match *m = &answer->matches.at[i];
		vec_push(a, &t.cells, m->name);
		vec_push(a, &t.cells, m->service);
		vec_push(a, &t.cells, m->status);
		vec_push(a, &t.cells, duration_text(a, m->duration, p->is_unicode));
		vec_push(a, &t.cells, m->trace);
	}
	print_table(&t);
	if (answer->nr_matched > answer->matches.nr)
		strbuf_addf(p->out, "and %" PRIu64 " more; group by, or count, takes them all\n",
			answer->nr_matched - answer->matches.nr);
}

void query_answer_text(struct strbuf *out, const struct query_answer *answer, bool is_unicode)
{
	struct pen p = {.out = out, .width = PEN_WIDTH, .is_unicode = is_unicode};
	if (answer->groups.nr)
		print_groups(&p, answer);
	else if (answer->matches.nr)
		print_matches(&p, answer);
	if (answer->groups.nr || answer->matches.nr)
		pen_line_end(&p);
	strbuf_addf(out, "%s in %" PRIu64 " of %s\n",
		count_of(out->arena, answer->nr_matched, "span", "spans"),
		answer->nr_traces_matched,
		count_of(out->arena, answer->nr_traces, "trace", "traces"));
}

static void json_group(struct jsonout *j, const struct query_answer *answer, size_t i)
{
	const struct query_group *g = answer->groups.at[i];
	jsonout_object(j, NULL);
	jsonout_object(j, "values");
	for (size_t k = 0; g->values && k < answer->query->by.nr; k++)
		if (g->values[k])
			jsonout_string(j, answer->query->by.at[k].written, g->values[k]);
	jsonout_object_end(j);
	jsonout_int(j, "spans", (int64_t)g->nr_spans);
	jsonout_int(j, "traces", (int64_t)g->nr_traces);
	if (g->is_rest)
		jsonout_bool(j, "more", true);
	jsonout_object_end(j);
}

void query_answer_json(struct strbuf *out, const struct query_answer *answer)
{
	struct jsonout j;
	jsonout_init(&j, out);
	jsonout_object(&j, NULL);
	jsonout_int(&j, "spans", (int64_t)answer->nr_matched);
	jsonout_int(&j, "traces", (int64_t)answer->nr_traces_matched);
	jsonout_int(&j, "all_traces", (int64_t)answer->nr_traces);
	if (answer->query->by.nr) {
		jsonout_array(&j, "groups");
		for (size_t i = 0; i < answer->groups.nr; i++)
			json_group(&j, answer, i);
		jsonout_array_end(&j);
	} else if (!answer->query->is_count) {
		jsonout_array(&j, "matches");
		for (size_t i = 0; i < answer->matches.nr; i++) {
			const struct query_match *m = &answer->matches.at[i];
			jsonout_object(&j, NULL);
			jsonout_string(&j, "name", m->name);
			jsonout_string(&j, "service", m->service);
			jsonout_string(&j, "status", m->status);
			jsonout_int(&j, "duration_ns", (int64_t)m->duration);
			jsonout_string(&j, "trace", m->trace);
			jsonout_object_end(&j);
		}
		jsonout_array_end(&j);
	}
	jsonout_object_end(&j);
	strbuf_addc(out, '\n');
}
