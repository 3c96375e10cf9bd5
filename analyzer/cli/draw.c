/* The graph as lines of text, for Graphviz, and as a picture. */
#include "cli/draw.h"

#include "pipeline/collector.h"

#include <math.h>
#include <string.h>

static void add_percent(struct strbuf *b, struct share s)
{
	double low = round(s.low * 1e5) / 1e3, high = round(s.high * 1e5) / 1e3;
	if (low == high)
		strbuf_addf(b, "%g", low);
	else
		strbuf_addf(b, "%g-%g", low, high);
}

/* "100/100/5 %": errors, slow, routine. */
static const char *label(struct arena *a, const struct shares *s)
{
	struct strbuf b;
	strbuf_init(&b, a);
	for (size_t i = 0; i < NR_CLASSES; i++) {
		strbuf_add(&b, i ? "/" : "");
		add_percent(&b, s->of[i]);
	}
	strbuf_add(&b, " %");
	return strbuf_str(&b);
}

static const struct shares *after(const struct pipeline *p, size_t nr_done)
{
	return nr_done ? &p->after[nr_done - 1] : &p->in;
}

static const char *joined(struct arena *a, const struct uses *uses)
{
	struct strbuf b;
	strbuf_init(&b, a);
	for (size_t i = 0; i < uses->all.nr; i++)
		strbuf_addf(&b, "%s%s", i ? ", " : "", uses->all.at[i].id);
	return strbuf_str(&b);
}

void draw_text(struct strbuf *out, const struct system *s)
{
	strbuf_add(out, "On the edges: what is left of errors/slow/routine traces.\n\n");
	for (size_t i = 0; i < s->sdks.nr; i++) {
		struct share r = s->sdks.at[i]->ratio;
		strbuf_addf(out, "SDK of %s ──(", s->sdks.at[i]->name);
		add_percent(out, r);
		strbuf_add(out, " %)──▶\n");
	}
	for_each_pipeline(s, c, p)
	{
		if (!pipeline_is_traces(p))
			continue;
		strbuf_addf(out, "%s: %s\n  %s", c->name, p->id, joined(s->arena, &p->receivers));
		for (size_t i = 0; i < p->processors.all.nr; i++)
			strbuf_addf(out, " ──(%s)──▶ %s", label(s->arena, after(p, i)),
				p->processors.all.at[i].id);
		strbuf_addf(out, " ──(%s)──▶ %s\n", label(s->arena, after(p, p->processors.all.nr)),
			joined(s->arena, &p->exporters));
		for (size_t i = 0; i < s->edges.nr; i++) {
			const struct edge *e = &s->edges.at[i];
			if (e->from == p)
				strbuf_addf(out, "    %s ──▶ %s: %s\n", e->by->id,
					e->to->collector->name, e->to->id);
		}
	}
}

/* ---- nodes, for DOT and SVG: each pipeline is a row of boxes ---- */

static void add_quoted(struct strbuf *b, const char *s, bool is_xml)
{
	for (; *s; s++) {
		if (is_xml && (*s == '<' || *s == '>' || *s == '&' || *s == '"'))
			strbuf_addf(b, "&#%d;", *s);
		else if (!is_xml && (*s == '"' || *s == '\\'))
			strbuf_addf(b, "\\%c", *s);
		else if ((unsigned char)*s >= 0x20)
			strbuf_addc(b, *s);
	}
}

static const char *box_text(struct arena *a, const struct pipeline *p, size_t i)
{
	if (i == 0)
		return joined(a, &p->receivers);
	if (i <= p->processors.all.nr)
		return p->processors.all.at[i - 1].id;
	return joined(a, &p->exporters);
}

static size_t row_of(const struct system *s, const struct pipeline *which)
{
	size_t row = 0;
	for_each_pipeline(s, c, p)
	{
		(void)c;
		if (p == which)
			return row;
		row += pipeline_is_traces(p);
	}
	return row;
}

void draw_dot(struct strbuf *out, const struct system *s)
{
	strbuf_add(out, "digraph kept {\n\trankdir=LR;\n\tnode [shape=box];\n");
	for_each_pipeline(s, c, p)
	{
		size_t row = row_of(s, p), nr = p->processors.all.nr + 2;
		if (!pipeline_is_traces(p))
			continue;
		strbuf_addf(out, "\tsubgraph cluster_%zu {\n\t\tlabel=\"", row);
		add_quoted(out, c->name, false);
		strbuf_add(out, ": ");
		add_quoted(out, p->id, false);
		strbuf_add(out, "\";\n");
		for (size_t i = 0; i < nr; i++) {
			strbuf_addf(out, "\t\tn%zu_%zu [label=\"", row, i);
			add_quoted(out, box_text(s->arena, p, i), false);
			strbuf_add(out, "\"];\n");
		}
		for (size_t i = 0; i + 1 < nr; i++)
			strbuf_addf(out, "\t\tn%zu_%zu -> n%zu_%zu [label=\"%s\"];\n", row, i, row,
				i + 1, label(s->arena, after(p, i)));
		strbuf_add(out, "\t}\n");
	}
	for (size_t i = 0; i < s->edges.nr; i++) {
		const struct edge *e = &s->edges.at[i];
		if (pipeline_is_traces(e->from) && pipeline_is_traces(e->to))
			strbuf_addf(out, "\tn%zu_%zu -> n%zu_0;\n", row_of(s, e->from),
				e->from->processors.all.nr + 1, row_of(s, e->to));
	}
	strbuf_add(out, "}\n");
}

#define BOX_W 170
#define BOX_H 36
#define GAP_X 110
#define ROW_H 110

void draw_svg(struct strbuf *out, const struct system *s)
{
	size_t rows = 0, columns = 2;
	for_each_pipeline(s, c, p)
	{
		(void)c;
		rows += pipeline_is_traces(p);
		if (p->processors.all.nr + 2 > columns)
			columns = p->processors.all.nr + 2;
	}
	strbuf_addf(out,
		"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%zu\" height=\"%zu\" "
		"font-family=\"sans-serif\" font-size=\"12\">\n"
		"<style>rect{fill:#eef3fa;stroke:#456}line{stroke:#456}text{fill:#123}</style>\n",
		columns * (BOX_W + GAP_X) + 20, rows * ROW_H + 20);
	for_each_pipeline(s, c, p)
	{
		size_t row = row_of(s, p), nr = p->processors.all.nr + 2, y = row * ROW_H + 40;
		if (!pipeline_is_traces(p))
			continue;
		strbuf_addf(out, "<text x=\"10\" y=\"%zu\" font-weight=\"bold\">", y - 12);
		add_quoted(out, c->name, true);
		strbuf_add(out, ": ");
		add_quoted(out, p->id, true);
		strbuf_add(out, "</text>\n");
		for (size_t i = 0; i < nr; i++) {
			size_t x = 10 + i * (BOX_W + GAP_X);
			strbuf_addf(out,
				"<rect x=\"%zu\" y=\"%zu\" width=\"%d\" height=\"%d\" rx=\"4\"/>"
				"<text x=\"%zu\" y=\"%zu\" text-anchor=\"middle\">",
				x, y, BOX_W, BOX_H, x + BOX_W / 2, y + 22);
			add_quoted(out, box_text(s->arena, p, i), true);
			strbuf_add(out, "</text>\n");
			if (i + 1 < nr)
				strbuf_addf(out,
					"<line x1=\"%zu\" y1=\"%zu\" x2=\"%zu\" y2=\"%zu\"/>"
					"<text x=\"%zu\" y=\"%zu\" text-anchor=\"middle\" "
					"font-size=\"10\">%s</text>\n",
					x + BOX_W, y + BOX_H / 2, x + BOX_W + GAP_X, y + BOX_H / 2,
					x + BOX_W + GAP_X / 2, y + BOX_H / 2 - 5,
					label(s->arena, after(p, i)));
		}
	}
	strbuf_add(out, "</svg>\n");
}
