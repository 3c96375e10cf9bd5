/* Snippets: tabs expanded, long lines cut to a window around the underline. */
#include "report/snippet.h"

#include "report/utf8.h"

#include <string.h>

#define TAB 8

/* What of a line is visible: cells [from, to). */
struct window {
	size_t from, to;
};

static size_t next_cell(const char *s, size_t n, size_t cell, size_t *size)
{
	uint32_t c;
	*size = utf8_decode(s, n, &c);
	if (c == '\t')
		return cell + TAB - cell % TAB;
	return cell + utf8_width(s, *size);
}

/* The cell in which byte `at` begins. */
static size_t cell_of(const struct source_line *line, size_t at)
{
	size_t cell = 0, size;
	for (size_t i = 0; i < line->n && i < at; i += size)
		cell = next_cell(line->s + i, line->n - i, cell, &size);
	return cell;
}

/* A column is sound when the line reaches it and no character is split by it. */
static bool is_column(const struct source_line *line, uint32_t col)
{
	if (col > line->n + 1)
		return false;
	return col == line->n + 1 || ((unsigned char)line->s[col - 1] & 0xc0) != 0x80;
}

static bool is_blank(const struct source_line *line)
{
	for (size_t i = 0; i < line->n; i++) {
		if (!strchr(" \t\f\v", line->s[i]))
			return false;
	}
	return true;
}

static void add_gutter(struct pen *p, uint32_t number)
{
	const char *bar = p->is_unicode ? "\xe2\x94\x82" : "|";
	if (number)
		pen_addf(p, INK_DIM, "%5u %s", number, bar);
	else
		pen_addf(p, INK_DIM, "%5s %s", "", bar);
}

/* The cells of [from, next) that lie in [first, last) as blanks: tabs, and what the cut halves. */
static void add_blanks_within(struct pen *p, size_t from, size_t next, size_t first, size_t last)
{
	from = from < first ? first : from;
	next = next > last ? last : next;
	if (from < next)
		pen_blanks(p, next - from);
}

static void add_code(
	struct pen *p, uint32_t number, const struct source_line *line, struct window w)
{
	const char *ellipsis = p->is_unicode ? "\xe2\x80\xa6" : "...";
	size_t mark = p->is_unicode ? 1 : 3, cell = 0, size;
	bool is_cut = cell_of(line, line->n) > w.to;
	size_t first = w.from ? w.from + mark : 0, last = is_cut ? w.to - mark : w.to;
	add_gutter(p, number);
	strbuf_addc(p->out, ' ');
	if (w.from)
		pen_add(p, INK_DIM, ellipsis);
	for (size_t i = 0; i < line->n; i += size) {
		size_t next = next_cell(line->s + i, line->n - i, cell, &size);
		if (line->s[i] != '\t' && cell >= first && next <= last)
			utf8_add_safe(p->out, line->s + i, size, p->is_unicode);
		else
			add_blanks_within(p, cell, next, first, last);
		cell = next;
	}
	if (is_cut)
		pen_add(p, INK_DIM, ellipsis);
	pen_line_end(p);
}

/* The whole line where it fits; else a window that shows the underline, as near to the line's
 * beginning as it can be. */
static struct window choose_window(size_t room, size_t total, size_t from, size_t to)
{
	const size_t margin = 8;
	size_t start = 0;
	if (total > room && to + margin > room)
		start = to - from + 2 * margin <= room ? to + margin - room
			: from > margin                ? from - margin
						       : 0;
	if (total > room && start > total - room)
		start = total - room;
	return (struct window){start, start + room};
}

static void add_underline(struct pen *p, struct window w, size_t from, size_t to, enum ink ink)
{
	struct strbuf tail;
	strbuf_init(&tail, p->out->arena);
	strbuf_addc(&tail, '^');
	for (size_t cell = from + 1; cell < to && cell < w.to; cell++)
		strbuf_addc(&tail, '~');
	add_gutter(p, 0);
	pen_blanks(p, 1 + from - w.from);
	pen_add(p, ink, strbuf_str(&tail));
	pen_line_end(p);
}

void snippet_add(struct pen *p, struct sources *so, const struct place *place, enum ink ink)
{
	struct source_line line = source_line(so, place->file, place->line);
	uint32_t col = place->col ? place->col : 1;
	uint32_t end = place->end_col > col ? place->end_col : col;
	if (!line.s || !is_column(&line, col) || !is_column(&line, end))
		return;
	size_t room = p->width > SNIPPET_GUTTER + 24 ? p->width - SNIPPET_GUTTER : 24;
	size_t from = cell_of(&line, col - 1), to = cell_of(&line, end - 1);
	struct window w = choose_window(room, cell_of(&line, line.n), from, to);
	struct source_line before = source_line(so, place->file, place->line - 1);
	if (before.s && !is_blank(&before) && cell_of(&before, before.n) > w.from)
		add_code(p, place->line - 1, &before, w);
	add_code(p, place->line, &line, w);
	if (place->col)
		add_underline(p, w, from, to, ink);
}
