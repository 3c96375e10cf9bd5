/* Tables: columns as wide as their cells, narrowed and wrapped when the page is too narrow. */
#include "report/page_table.h"

#include "report/page_inline.h"

#include <string.h>

#define GAP         2
#define COLUMN_MIN  10
#define COLUMNS_MAX 16

enum align { ALIGN_LEFT, ALIGN_CENTER, ALIGN_RIGHT };

struct row {
	const char *cells[COLUMNS_MAX];
	size_t nr;
};

struct table {
	VEC(struct row) rows; /* the head first */
	size_t nr_columns;
	size_t widths[COLUMNS_MAX];
	enum align aligns[COLUMNS_MAX];
};

static const char *line_end(const char *s)
{
	return s + strcspn(s, "\n");
}

static const char *trimmed(struct arena *a, const char *s, size_t n)
{
	while (n && strchr(" \t\r", s[0])) {
		s++;
		n--;
	}
	while (n && strchr(" \t\r", s[n - 1]))
		n--;
	return arena_strndup(a, s, n);
}

/* Cells between bars; an escaped bar belongs to its cell. */
static void split_row(struct arena *a, const char *s, struct row *row)
{
	const char *end = line_end(s);
	struct strbuf cell;
	strbuf_init(&cell, a);
	s += strspn(s, " \t");
	if (*s == '|')
		s++;
	for (; s <= end && row->nr < COLUMNS_MAX; s++) {
		if (s + 1 < end && s[0] == '\\' && s[1] == '|') {
			strbuf_addc(&cell, '|');
			s++;
		} else if (s == end || *s == '|') {
			const char *text = trimmed(a, strbuf_str(&cell), cell.len);
			if (s < end || *text)
				row->cells[row->nr++] = text;
			strbuf_init(&cell, a);
		} else {
			strbuf_addc(&cell, *s);
		}
	}
}

static bool is_rule_row(const char *s)
{
	const char *end = line_end(s);
	bool has_dash = false;
	for (; s < end; s++) {
		if (!strchr("|-: \t\r", *s))
			return false;
		has_dash |= *s == '-';
	}
	return has_dash;
}

bool page_is_table(const char *s)
{
	const char *end = line_end(s);
	s += strspn(s, " \t");
	return *s == '|' && *end && is_rule_row(end + 1) && strspn(end + 1, " \t|") > 0;
}

static void read_aligns(struct arena *a, const char *s, struct table *t)
{
	struct row row = {.nr = 0};
	split_row(a, s, &row);
	for (size_t i = 0; i < row.nr; i++) {
		size_t n = strlen(row.cells[i]);
		bool left = n && row.cells[i][0] == ':', right = n && row.cells[i][n - 1] == ':';
		t->aligns[i] = right ? (left ? ALIGN_CENTER : ALIGN_RIGHT) : ALIGN_LEFT;
	}
}

static struct page_lines cell_lines(
	struct pen *p, const struct row *row, size_t column, bool is_head, size_t room)
{
	struct page_lines lines = {0};
	const char *s = column < row->nr ? row->cells[column] : "";
	page_inline(p, s, strlen(s), is_head ? INK_BOLD : INK_PLAIN, room, &lines);
	return lines;
}

static size_t widest_line(const struct page_lines *lines)
{
	size_t widest = 0;
	for (size_t i = 0; i < lines->all.nr; i++) {
		if (lines->all.at[i].width > widest)
			widest = lines->all.at[i].width;
	}
	return widest;
}

static void measure(struct pen *p, struct table *t, size_t room)
{
	size_t total = t->nr_columns ? (t->nr_columns - 1) * GAP : 0;
	for (size_t c = 0; c < t->nr_columns; c++) {
		for (size_t r = 0; r < t->rows.nr; r++) {
			struct page_lines lines =
				cell_lines(p, &t->rows.at[r], c, r == 0, (size_t)-1 / 2);
			size_t width = widest_line(&lines);
			if (width > t->widths[c])
				t->widths[c] = width;
		}
		total += t->widths[c];
	}
	while (total > room) {
		size_t widest = 0;
		for (size_t c = 1; c < t->nr_columns; c++) {
			if (t->widths[c] > t->widths[widest])
				widest = c;
		}
		if (t->widths[widest] <= COLUMN_MIN)
			break;
		t->widths[widest]--;
		total--;
	}
}

static void add_cell_line(
	struct pen *p, const struct page_line *line, size_t width, enum align align, bool is_last)
{
	size_t own = line ? line->width : 0, space = own < width ? width - own : 0;
	size_t before = align == ALIGN_RIGHT ? space : align == ALIGN_CENTER ? space / 2 : 0;
	if (line) {
		pen_blanks(p, before);
		strbuf_add(p->out, line->s);
	}
	if (!is_last)
		pen_blanks(p, (line ? space - before : space) + GAP);
}

static void add_row(struct pen *p, struct table *t, size_t r, size_t indent)
{
	struct page_lines cells[COLUMNS_MAX];
	size_t height = 0;
	for (size_t c = 0; c < t->nr_columns; c++) {
		cells[c] = cell_lines(p, &t->rows.at[r], c, r == 0, t->widths[c]);
		if (cells[c].all.nr > height)
			height = cells[c].all.nr;
	}
	for (size_t k = 0; k < height; k++) {
		size_t last = t->nr_columns - 1;
		while (last && k >= cells[last].all.nr)
			last--;
		pen_blanks(p, indent);
		for (size_t c = 0; c <= last; c++)
			add_cell_line(p, k < cells[c].all.nr ? &cells[c].all.at[k] : NULL,
				t->widths[c], t->aligns[c], c == last);
		pen_line_end(p);
	}
}

static void add_rule(struct pen *p, const struct table *t, size_t indent)
{
	struct strbuf dashes;
	strbuf_init(&dashes, p->out->arena);
	for (size_t c = 0; c < t->nr_columns; c++) {
		for (size_t i = 0; i < t->widths[c]; i++)
			strbuf_addc(&dashes, '-');
		if (c + 1 < t->nr_columns)
			strbuf_add(&dashes, "  ");
	}
	pen_blanks(p, indent);
	pen_add(p, INK_DIM, strbuf_str(&dashes));
	pen_line_end(p);
}

const char *page_table(struct pen *p, const char *s, size_t indent)
{
	struct arena *a = p->out->arena;
	struct table t = {.nr_columns = 0};
	for (size_t number = 0; *s; number++) {
		if (s[strspn(s, " \t")] != '|' && number != 1)
			break;
		if (number == 1) {
			read_aligns(a, s, &t);
		} else {
			struct row row = {.nr = 0};
			split_row(a, s, &row);
			if (row.nr > t.nr_columns)
				t.nr_columns = row.nr;
			vec_push(a, &t.rows, row);
		}
		s = line_end(s);
		s += *s == '\n';
	}
	if (!t.nr_columns)
		return s;
	measure(p, &t, p->width > indent + COLUMN_MIN ? p->width - indent : COLUMN_MIN);
	for (size_t r = 0; r < t.rows.nr; r++) {
		add_row(p, &t, r, indent);
		if (r == 0)
			add_rule(p, &t, indent);
	}
	return s;
}
