/* The waterfall as SVG. Places and widths are percentages, so that the page can be of any width. */
#include "traces/html.h"

#include "base/duration.h"

#include <string.h>

#define ROW_HEIGHT  22
#define AXIS_HEIGHT 24
#define LABEL_BYTES 200
#define BARS_MAX    200 /* of one row of folded spans */

static double percent(const struct trace *t, uint64_t ns)
{
	return t->end > t->start ? 100.0 * (double)ns / (double)(t->end - t->start) : 0;
}

static void add_bar(struct strbuf *out, const struct trace *t, const struct trace_span *s)
{
	double x = percent(t, s->start - t->start), width = percent(t, trace_span_duration(s));
	if (x > 99.6)
		x = 99.6;
	if (t->end == t->start)
		width = 100;
	strbuf_addf(out, "<rect x=\"%.3f%%\" y=\"5\" width=\"%.3f%%\" height=\"12\" rx=\"2\"/>", x,
		width < 0.05 ? 0.05 : width);
}

static void add_label(struct strbuf *out, const struct trace_row *row)
{
	const struct trace_node *n = row->node;
	const char *service = n->span->service;
	html_text_cut(out, n->span->name[0] ? n->span->name : "(no name)", LABEL_BYTES);
	if (row->folded.nr)
		strbuf_addf(out, " \xc3\x97%zu", row->folded.nr);
	if (row->nr_inside)
		strbuf_addf(out, " +%u inside", row->nr_inside);
	if (service[0] && (!n->parent || !str_eq(n->parent->span->service, service))) {
		strbuf_add(out, " <tspan class=\"service\">");
		html_text_cut(out, service, LABEL_BYTES);
		strbuf_add(out, "</tspan>");
	}
}

/* What the row says without being seen. */
static void add_aria(struct strbuf *out, const struct trace_row *row)
{
	const struct trace_span *s = row->node->span;
	html_text_cut(out, s->name[0] ? s->name : "(no name)", LABEL_BYTES);
	if (row->folded.nr)
		strbuf_addf(out, ", %zu times", row->folded.nr);
	if (row->nr_inside)
		strbuf_addf(out, ", %u spans inside", row->nr_inside);
	strbuf_addf(out, ", %s", duration_text(out->arena, row->total, true));
	if (s->service[0]) {
		strbuf_add(out, ", ");
		html_text_cut(out, s->service, LABEL_BYTES);
	}
	if (s->status == STATUS_ERROR)
		strbuf_add(out, ", error");
}

static void add_row(
	struct strbuf *out, const struct trace *t, const struct trace_row *row, size_t number)
{
	const struct trace_node *n = row->node;
	size_t y = AXIS_HEIGHT + number * ROW_HEIGHT;
	uint32_t depth = n->depth < 16 ? n->depth : 16;
	bool is_error = n->span->status == STATUS_ERROR;
	strbuf_addf(out,
		"<a class=\"row c%u%s%s\" id=\"r%u\" href=\"#s%u\" role=\"treeitem\" "
		"aria-level=\"%u\" aria-label=\"",
		html_color(n->span->service), is_error ? " err" : "", row->folded.nr ? " many" : "",
		n->number, n->number, n->depth + 1);
	add_aria(out, row);
	strbuf_addf(out,
		"\"><rect class=\"hit\" x=\"0\" y=\"%zu\" width=\"100%%\" height=\"%d\"/>"
		"<svg class=\"label\" width=\"34%%\" y=\"%zu\" height=\"%d\"><text x=\"%u\" "
		"y=\"15\">",
		y, ROW_HEIGHT, y, ROW_HEIGHT, 4 + 12 * depth);
	if (is_error)
		strbuf_add(out, "<tspan class=\"mark\">\xe2\x9c\x97 </tspan>");
	add_label(out, row);
	strbuf_addf(out,
		"</text></svg><svg class=\"time\" x=\"33%%\" width=\"12.5%%\" y=\"%zu\" "
		"height=\"%d\"><text x=\"100%%\" "
		"y=\"15\">%s</text></svg><svg class=\"bars\" x=\"46.5%%\" width=\"53%%\" y=\"%zu\" "
		"height=\"%d\">",
		y, ROW_HEIGHT, duration_text(out->arena, row->total, true), y, ROW_HEIGHT);
	if (!row->folded.nr)
		add_bar(out, t, n->span);
	size_t step = row->folded.nr / BARS_MAX + 1;
	for (size_t i = 0; i < row->folded.nr; i += step)
		add_bar(out, t, row->folded.at[i]->span);
	strbuf_add(out, "</svg></a>\n");
}

static void add_axis(struct strbuf *out, const struct trace *t, size_t height)
{
	uint64_t all = t->end - t->start;
	strbuf_addf(out,
		"<svg class=\"bars axis\" x=\"46.5%%\" width=\"53%%\" y=\"0\" height=\"%zu\" "
		"aria-hidden=\"true\">",
		height);
	for (unsigned i = 0; i <= 4; i++) {
		static const char *const anchors[] = {"start", "middle", "middle", "middle", "end"};
		strbuf_addf(out,
			"<line x1=\"%u%%\" x2=\"%u%%\" y1=\"18\" y2=\"100%%\"/>"
			"<text class=\"t%u\" x=\"%u%%\" y=\"13\" text-anchor=\"%s\">%s</text>",
			25 * i, 25 * i, i, 25 * i, anchors[i],
			duration_text(out->arena, (uint64_t)((double)all * i / 4), true));
	}
	strbuf_add(out, "</svg>\n");
}

void html_waterfall(struct strbuf *out, const struct trace *t, const struct trace_rows *rows)
{
	size_t nr = rows->nr < HTML_ROWS ? rows->nr : HTML_ROWS;
	size_t height = AXIS_HEIGHT + nr * ROW_HEIGHT + 4;
	strbuf_addf(out,
		"<div class=\"wide\"><svg class=\"waterfall\" width=\"100%%\" height=\"%zu\" "
		"role=\"tree\" "
		"aria-label=\"Waterfall: spans by time\">\n",
		height);
	add_axis(out, t, height);
	for (size_t i = 0; i < nr; i++)
		add_row(out, t, rows->at[i], i);
	strbuf_add(out, "</svg></div>\n");
	if (rows->nr_folded)
		strbuf_addf(out,
			"<p class=\"note\">%zu spans share a row with others: they are short, "
			"many, and without an error.</p>\n",
			rows->nr_folded);
	if (nr < rows->nr)
		strbuf_addf(out, "<p class=\"note\">%zu further rows are left out.</p>\n",
			rows->nr - nr);
}
