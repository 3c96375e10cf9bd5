/* The table of names, and each span in full. */
#include "traces/html.h"

#include "base/duration.h"

#include <inttypes.h>
#include <string.h>

static void add_head(struct strbuf *out, const char *text, const char *sort, const char *order)
{
	strbuf_addf(out,
		"<th scope=\"col\" aria-sort=\"%s\"><button type=\"button\" "
		"data-sort=\"%s\">%s</button></th>",
		order, sort, text);
}

static void add_number(struct strbuf *out, uint64_t value, const char *text)
{
	strbuf_addf(out, "<td class=\"n\" data-v=\"%" PRIu64 "\">%s</td>", value, text);
}

static const char *share(struct arena *a, uint64_t part, uint64_t all)
{
	double p = all ? 100.0 * (double)part / (double)all : 0;
	return arena_printf(a, "%.1f %%", p);
}

static void add_name(
	struct strbuf *out, const struct trace_names *names, const struct trace_name *n)
{
	struct arena *a = out->arena;
	uint64_t median = quantile_at(&n->durations, 0.5), p99 = quantile_at(&n->durations, 0.99);
	strbuf_add(out, "<tr><th scope=\"row\"><bdi>");
	html_text_cut(out, n->name[0] ? n->name : "(no name)", 300);
	strbuf_add(out, "</bdi></th><td><bdi>");
	html_text_cut(out, n->service, 100);
	strbuf_add(out, "</bdi></td>");
	add_number(out, n->nr, arena_printf(a, "%" PRIu64, n->nr));
	add_number(out, n->nr, share(a, n->nr, names->nr_spans));
	add_number(
		out, n->nr_errors, n->nr_errors ? arena_printf(a, "%" PRIu64, n->nr_errors) : "");
	add_number(out, n->total, duration_text(a, n->total, true));
	add_number(out, median, duration_text(a, median, true));
	add_number(out, p99, duration_text(a, p99, true));
	add_number(out, n->bytes, bytes_text(a, n->bytes));
	strbuf_add(out, "</tr>\n");
}

void html_names(struct strbuf *out, const struct trace_names *names)
{
	size_t nr = names->all.nr < HTML_NAMES ? names->all.nr : HTML_NAMES;
	strbuf_add(out,
		"<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Names of spans\">"
		"<table class=\"names\"><thead><tr>");
	add_head(out, "Span", "text", "none");
	add_head(out, "Service", "text", "none");
	add_head(out, "Count", "number", "descending");
	add_head(out, "Share", "number", "none");
	add_head(out, "Errors", "number", "none");
	add_head(out, "Time", "number", "none");
	add_head(out, "Median", "number", "none");
	add_head(out, "p99", "number", "none");
	add_head(out, "Bytes", "number", "none");
	strbuf_add(out, "</tr></thead><tbody>\n");
	for (size_t i = 0; i < nr; i++)
		add_name(out, names, names->all.at[i]);
	strbuf_add(out, "</tbody></table></div>\n");
	if (nr < names->all.nr)
		strbuf_addf(out, "<p class=\"note\">%zu further names are left out.</p>\n",
			names->all.nr - nr);
}

static void add_pair(struct strbuf *out, const char *key, const char *value)
{
	strbuf_add(out, "<dt><bdi>");
	html_text_cut(out, key, 300);
	strbuf_add(out, "</bdi></dt><dd><bdi>");
	html_text_cut(out, value, 4096);
	strbuf_add(out, "</bdi></dd>");
}

static void add_attrs(struct strbuf *out, const struct trace_attrs *attrs)
{
	for (size_t i = 0; i < attrs->nr; i++)
		add_pair(out, attrs->at[i].key, attrs->at[i].text);
}

static void add_facts(struct strbuf *out, const struct trace *t, const struct trace_node *n)
{
	const struct trace_span *s = n->span;
	struct arena *a = out->arena;
	add_pair(out, "starts after", duration_text(a, s->start - t->start, true));
	add_pair(out, "takes", duration_text(a, trace_span_duration(s), true));
	add_pair(out, "kind", trace_kind_name(s->kind));
	add_pair(out, "status",
		s->status_text[0]
			? arena_printf(a, "%s: %s", trace_status_name(s->status), s->status_text)
			: trace_status_name(s->status));
	if (s->end < s->start)
		add_pair(out, "strange", "it ends before it starts");
	if (n->is_orphan)
		add_pair(out, "strange", "its parent is not here");
	if (n->is_looped)
		add_pair(out, "strange", "it is its own ancestor");
	if (n->is_twice)
		add_pair(out, "strange", "an earlier span has its id");
}

static void add_span(struct strbuf *out, const struct trace *t, const struct trace_row *row)
{
	const struct trace_span *s = row->node->span;
	strbuf_addf(out, "<details id=\"d%u\" class=\"span%s\"><summary><bdi>", row->node->number,
		s->status == STATUS_ERROR ? " err" : "");
	html_text_cut(out, s->name[0] ? s->name : "(no name)", 4096);
	strbuf_addf(out, "</bdi> <small>%s</small></summary><dl id=\"s%u\">",
		duration_text(out->arena, row->total, true), row->node->number);
	add_facts(out, t, row->node);
	add_attrs(out, &s->attrs);
	for (size_t i = 0; i < s->nr_events; i++) {
		const struct trace_event *e = &s->events[i];
		uint64_t after = e->time > t->start ? e->time - t->start : 0;
		add_pair(out,
			arena_printf(out->arena, "event after %s",
				duration_text(out->arena, after, true)),
			e->name);
		add_attrs(out, &e->attrs);
	}
	for (size_t i = 0; i < s->nr_links; i++) {
		char id[33];
		trace_id_hex(s->links[i].trace_id, id);
		add_pair(out, "link to trace", id);
		add_attrs(out, &s->links[i].attrs);
	}
	strbuf_add(out, "</dl></details>\n");
}

void html_spans(struct strbuf *out, const struct trace *t, const struct trace_rows *rows)
{
	for (size_t i = 0; i < rows->nr && i < HTML_ROWS; i++)
		add_span(out, t, rows->at[i]);
}
