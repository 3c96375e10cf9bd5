/* Writes the answer to a query, as a table or as JSON. */
#include "base/duration.h"
#include "report/columns.h"
#include "report/jsonout.h"
#include "traces/query_run.h"

#include <inttypes.h>
#include <string.h>

static const char *number(struct arena *a, uint64_t n)
{
	return arena_printf(a, "%" PRIu64, n);
}

static void print_groups(struct pen *p, const struct query_answer *answer)
{
	struct arena *a = p->out->arena;
	size_t nr = answer->query->by.nr;
	char *kinds = arena_alloc(a, nr + 3);
	struct columns t;
	memset(kinds, 'l', nr);
	kinds[nr] = kinds[nr + 1] = 'r';
	columns_init(&t, p, kinds, 0);
	for (size_t i = 0; i < nr; i++)
		columns_add(&t, answer->query->by.at[i].written);
	columns_add(&t, "spans");
	columns_add(&t, "traces");
	for (size_t i = 0; i < answer->groups.nr; i++) {
		const struct query_group *g = answer->groups.at[i];
		for (size_t k = 0; k < nr; k++) {
			const char *none = g->is_rest ? "(more)" : "-";
			columns_add(&t, g->values && g->values[k] ? g->values[k] : none);
		}
		columns_add(&t, number(a, g->nr_spans));
		columns_add(&t, number(a, g->nr_traces));
	}
	columns_print(&t);
}

static void print_matches(struct pen *p, const struct query_answer *answer)
{
	static const char *const head[] = {"name", "service", "status", "duration", "trace"};
	struct arena *a = p->out->arena;
	struct columns t;
	columns_init(&t, p, "lllrl", 0);
	for (size_t i = 0; i < 5; i++)
		columns_add(&t, head[i]);
	for (size_t i = 0; i < answer->matches.nr; i++) {
		const struct query_match *m = &answer->matches.at[i];
		columns_add(&t, m->name);
		columns_add(&t, m->service);
		columns_add(&t, m->status);
		columns_add(&t, duration_text(a, m->duration, p->is_unicode));
		columns_add(&t, m->trace);
	}
	columns_print(&t);
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
