/* Draws a waterfall with letters. */
#include "traces/waterfall.h"

#include "base/duration.h"
#include "report/utf8.h"
#include "traces/rows.h"

#include <stdio.h>
#include <string.h>

#define DURATION_CELLS 8
#define INDENT_MAX     24

struct drawing {
	struct pen *pen;
	const struct trace *trace;
	size_t name_cells, bar_cells;
	unsigned char *cells; /* of a bar: eighths that are filled */
};

static const char *note_of(struct arena *a, const struct trace_node *n)
{
	const struct trace_span *s = n->span;
	struct strbuf b;
	strbuf_init(&b, a);
	if (s->status == STATUS_ERROR) {
		const struct trace_attr *type = trace_attr_find(&s->attrs, "error.type");
		strbuf_add(&b, type && type->text[0] ? type->text : "error");
		if (s->status_text[0])
			strbuf_addf(&b, ": %s", s->status_text);
	}
	const char *problem = n->is_looped        ? "it is its own ancestor"
			      : n->is_twice       ? "an earlier span has its id"
			      : s->end < s->start ? "it ends before it starts"
						  : NULL;
	if (problem)
		strbuf_addf(&b, "%s%s", b.len ? "; " : "", problem);
	return strbuf_str(&b);
}

static size_t indent_of(const struct trace_node *n)
{
	size_t indent = 2 * (size_t)n->depth;
	return indent < INDENT_MAX ? indent : INDENT_MAX;
}

/* Name, how many, and the service where it changes. */
static const char *label_of(struct arena *a, const struct pen *p, const struct trace_row *row)
{
	const struct trace_node *n = row->node;
	const char *service = n->span->service;
	struct strbuf b;
	strbuf_init(&b, a);
	strbuf_add(&b, n->span->name[0] ? n->span->name : "(no name)");
	if (row->folded.nr)
		strbuf_addf(&b, " %s%zu", p->is_unicode ? "\xc3\x97" : "x", row->folded.nr);
	if (row->nr_inside)
		strbuf_addf(&b, " +%u inside", row->nr_inside);
	if (service[0] && (!n->parent || !str_eq(n->parent->span->service, service)))
		strbuf_addf(&b, " [%s]", service);
	if (n->is_orphan)
		strbuf_add(&b, " (parent not here)");
	return strbuf_str(&b);
}

/* The bar in eighths of cells: blocks fill from the left only, so that the first one says how much
 * of its cell is taken, not where. What takes no time is seen all the same. */
static void fill(struct drawing *d, const struct trace_span *s)
{
	double all = (double)(d->trace->end - d->trace->start);
	double scale = all > 0 ? (double)d->bar_cells * 8 / all : 0;
	double from = (double)(s->start - d->trace->start) * scale;
	double to = from + (double)trace_span_duration(s) * scale;
	size_t cell = (size_t)(from / 8);
	if (cell >= d->bar_cells)
		cell = d->bar_cells - 1;
	for (size_t i = cell; i < d->bar_cells; i++) {
		double eighths = to - (i == cell ? from : (double)i * 8);
		if (i == cell && to > (double)(i + 1) * 8)
			eighths = (double)(i + 1) * 8 - from;
		if (all == 0)
			eighths = 8;
		unsigned char now = eighths >= 8 ? 8 : eighths < 1 ? 0 : (unsigned char)eighths;
		if (i == cell && !now)
			now = 1;
		if (i > cell && to <= (double)i * 8)
			break;
		d->cells[i] = now > d->cells[i] ? now : d->cells[i];
	}
}

static void draw_bar(struct drawing *d, const struct trace_row *row, enum ink ink)
{
	static const char *const blocks[] = {" ", "\xe2\x96\x8f", "\xe2\x96\x8e", "\xe2\x96\x8d",
		"\xe2\x96\x8c", "\xe2\x96\x8b", "\xe2\x96\x8a", "\xe2\x96\x89", "\xe2\x96\x88"};
	struct strbuf bar;
	memset(d->cells, 0, d->bar_cells);
	if (!row->folded.nr)
		fill(d, row->node->span);
	for (size_t i = 0; i < row->folded.nr; i++)
		fill(d, row->folded.at[i]->span);
	size_t end = d->bar_cells;
	while (end && !d->cells[end - 1])
		end--;
	strbuf_init(&bar, d->pen->out->arena);
	for (size_t i = 0; i < end; i++) {
		unsigned char c = d->cells[i];
		strbuf_add(&bar, d->pen->is_unicode ? blocks[c] : !c ? " " : c < 4 ? "-" : "=");
	}
	pen_add(d->pen, ink, strbuf_str(&bar));
}

static void draw_row(struct drawing *d, const struct trace_row *row)
{
	struct pen *p = d->pen;
	struct arena *a = p->out->arena;
	bool is_error = row->node->span->status == STATUS_ERROR;
	const char *label = label_of(a, p, row), *note = note_of(a, row->node);
	size_t indent = indent_of(row->node), room = d->name_cells - 2 - indent;
	enum ink ink = is_error             ? INK_BOLD_RED
		       : row->folded.nr     ? INK_DIM
		       : !row->node->parent ? INK_BOLD
					    : INK_PLAIN;
	pen_add(p, INK_BOLD_RED, is_error ? "!" : " ");
	pen_blanks(p, 1 + indent);
	pen_clipped(p, ink, label, strlen(label), room);
	size_t width = utf8_width(label, strlen(label));
	pen_blanks(p, width < room ? room - width : 0);
	const char *time = duration_text(a, row->total, p->is_unicode);
	size_t cells = utf8_width(time, strlen(time));
	pen_blanks(p, 1 + (cells < DURATION_CELLS ? DURATION_CELLS - cells : 0));
	pen_add(p, row->folded.nr ? INK_DIM : INK_PLAIN, time);
	pen_blanks(p, 2);
	draw_bar(d, row, is_error ? INK_RED : row->folded.nr ? INK_DIM : INK_CYAN);
	pen_line_end(p);
	if (!note[0])
		return;
	pen_blanks(p, 4 + indent);
	pen_clipped(p, INK_RED, note, strlen(note), p->width - 4 - indent);
	pen_line_end(p);
}

/* The longest label decides, as long as bars keep more than half of the line. */
static void measure(struct drawing *d, const struct trace_rows *rows, size_t nr)
{
	size_t width = d->pen->width, longest = 12;
	for (size_t i = 0; i < nr; i++) {
		const char *label = label_of(d->pen->out->arena, d->pen, rows->at[i]);
		size_t cells = 2 + indent_of(rows->at[i]->node) + utf8_width(label, strlen(label));
		longest = cells > longest ? cells : longest;
	}
	size_t most = width * 45 / 100 > INDENT_MAX + 8 ? width * 45 / 100 : INDENT_MAX + 8;
	if (most + DURATION_CELLS + 3 + 4 > width)
		most = width - DURATION_CELLS - 3 - 4;
	d->name_cells = longest < most ? longest : most;
	d->bar_cells = width - d->name_cells - DURATION_CELLS - 3;
	d->cells = arena_alloc(d->pen->out->arena, d->bar_cells);
}

static void draw_axis(struct drawing *d)
{
	struct pen *p = d->pen;
	const char *all =
		duration_text(p->out->arena, d->trace->end - d->trace->start, p->is_unicode);
	size_t cells = utf8_width(all, strlen(all));
	pen_blanks(p, d->name_cells + DURATION_CELLS + 3);
	pen_add(p, INK_DIM, "0");
	if (d->bar_cells > cells + 2) {
		pen_blanks(p, d->bar_cells - 1 - cells);
		pen_add(p, INK_DIM, all);
	}
	pen_line_end(p);
}

static void draw_head(struct pen *p, const struct trace *t)
{
	struct arena *a = p->out->arena;
	char id[33];
	trace_id_hex(t->id, id);
	pen_add(p, INK_DIM, "trace ");
	pen_add(p, INK_PLAIN, id);
	pen_addf(p, INK_DIM, "  %s, %s", duration_text(a, t->end - t->start, p->is_unicode),
		count_of(a, t->nr, "span", "spans"));
	if (t->nr_errors)
		pen_addf(p, INK_BOLD_RED, ", %zu with an error", t->nr_errors);
	if (t->is_cut)
		pen_add(p, INK_BOLD_RED, ", the first 128 MiB of it");
	pen_line_end(p);
}

void waterfall(struct pen *p, const struct trace *t)
{
	struct trace_rows rows;
	struct drawing d = {.pen = p, .trace = t};
	if (p->width < WATERFALL_WIDTH_MIN)
		p->width = WATERFALL_WIDTH_MIN;
	trace_rows(&rows, p->out->arena, t);
	size_t nr = rows.nr < WATERFALL_ROWS ? rows.nr : WATERFALL_ROWS;
	draw_head(p, t);
	measure(&d, &rows, nr);
	draw_axis(&d);
	for (size_t i = 0; i < nr; i++)
		draw_row(&d, rows.at[i]);
	if (rows.nr_folded) {
		pen_addf(p, INK_DIM, "%s: short, many, and without an error",
			count_of(p->out->arena, rows.nr_folded, "span folded", "spans folded"));
		pen_line_end(p);
	}
	if (nr < rows.nr) {
		pen_addf(p, INK_DIM, "and %zu more rows; --html shows all", rows.nr - nr);
		pen_line_end(p);
	}
}
