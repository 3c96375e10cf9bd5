/* Renders a rule page for a terminal: headings at the margin, everything else set in. */
#include "report/page.h"

#include "report/page_inline.h"
#include "report/page_table.h"

#include <string.h>

#define INDENT  2
#define MEASURE 92 /* columns of prose: longer lines are hard to read */

struct page {
	struct pen *pen;
	const char *at; /* the next line */
	bool has_text;  /* something was written: a blank line comes before the next block */
	bool is_list;   /* the last block was a list item, and no blank line followed */
};

static size_t line_length(const char *s)
{
	size_t n = strcspn(s, "\n");
	return n && s[n - 1] == '\r' ? n - 1 : n;
}

static const char *next_line(const char *s)
{
	s += strcspn(s, "\n");
	return *s ? s + 1 : s;
}

static size_t leading(const char *s)
{
	return strspn(s, " \t");
}

static bool is_blank_line(const char *s)
{
	s += strspn(s, " \t\r");
	return *s == '\n' || *s == '\0';
}

static size_t fence_length(const char *s)
{
	s += leading(s);
	size_t n = strspn(s, "`");
	if (n < 3)
		n = strspn(s, "~");
	return n >= 3 ? n : 0;
}

static size_t heading_level(const char *s)
{
	size_t n = strspn(s, "#");
	return n >= 1 && n <= 6 && (s[n] == ' ' || s[n] == '\t') ? n : 0;
}

/* The bytes of a list marker and its blanks behind the leading blanks; 0 when there is none. */
static size_t list_marker(const char *s)
{
	const char *p = s + leading(s);
	size_t n = strspn(p, "0123456789");
	if (n && n < 10 && (p[n] == '.' || p[n] == ')'))
		n++;
	else if (!n && (*p == '-' || *p == '*' || *p == '+'))
		n = 1;
	else
		return 0;
	size_t blanks = leading(p + n);
	return blanks ? n + blanks : 0;
}

static bool is_rule_line(const char *s)
{
	size_t n = line_length(s), marks = 0;
	for (size_t i = 0; i < n; i++) {
		if (s[i] != ' ' && (s[i] != s[0] || !strchr("-*_", s[i])))
			return false;
		marks += s[i] != ' ';
	}
	return marks >= 3;
}

static bool begins_block(const char *s)
{
	return is_blank_line(s) || fence_length(s) || heading_level(s) || list_marker(s) ||
	       s[leading(s)] == '>' || page_is_table(s) || is_rule_line(s);
}

static void begin_block(struct page *pg)
{
	if (pg->has_text)
		pen_line_end(pg->pen);
	pg->has_text = true;
	pg->is_list = false;
}

static void add_lines(struct page *pg, const struct page_lines *lines, const char *first,
	size_t first_width, size_t indent)
{
	for (size_t i = 0; i < lines->all.nr; i++) {
		size_t width = first_width;
		if (i == 0 && first) {
			pen_blanks(pg->pen, indent > width ? indent - width : 0);
			pen_add(pg->pen, INK_PLAIN, first);
		} else {
			pen_blanks(pg->pen, indent);
		}
		strbuf_add(pg->pen->out, lines->all.at[i].s);
		pen_line_end(pg->pen);
	}
}

static size_t room_at(const struct page *pg, size_t indent)
{
	size_t width = pg->pen->width < MEASURE ? pg->pen->width : MEASURE;
	return width > indent + 20 ? width - indent : 20;
}

/* The lines of a paragraph joined, from the one at pg->at on, without `skip` bytes of the first. */
static struct strbuf take_paragraph(struct page *pg, size_t skip)
{
	struct strbuf text;
	strbuf_init(&text, pg->pen->out->arena);
	strbuf_addn(&text, pg->at + skip, line_length(pg->at + skip));
	for (pg->at = next_line(pg->at); *pg->at && !begins_block(pg->at);
		pg->at = next_line(pg->at)) {
		strbuf_addc(&text, ' ');
		strbuf_addn(&text, pg->at + leading(pg->at), line_length(pg->at + leading(pg->at)));
	}
	return text;
}

static void add_paragraph(struct page *pg)
{
	struct page_lines lines = {0};
	begin_block(pg);
	struct strbuf text = take_paragraph(pg, leading(pg->at));
	page_inline(pg->pen, strbuf_str(&text), text.len, INK_PLAIN, room_at(pg, INDENT), &lines);
	add_lines(pg, &lines, NULL, 0, INDENT);
}

static void add_heading(struct page *pg)
{
	size_t level = heading_level(pg->at);
	const char *s = pg->at + level;
	size_t n = line_length(s);
	struct page_lines lines = {0};
	begin_block(pg);
	while (n && (s[n - 1] == '#' || s[n - 1] == ' '))
		n--;
	page_inline(pg->pen, s, n, level > 2 ? INK_BOLD : INK_BOLD_CYAN, room_at(pg, 0), &lines);
	add_lines(pg, &lines, NULL, 0, level > 2 ? INDENT : 0);
	pg->at = next_line(pg->at);
}

static void add_fence(struct page *pg)
{
	size_t length = fence_length(pg->at), outer = leading(pg->at);
	char mark = pg->at[outer];
	begin_block(pg);
	for (pg->at = next_line(pg->at); *pg->at; pg->at = next_line(pg->at)) {
		const char *s = pg->at;
		size_t blanks = leading(s);
		if (s[blanks] == mark && fence_length(s) >= length) {
			pg->at = next_line(pg->at);
			return;
		}
		s += blanks < outer ? blanks : outer;
		size_t n = line_length(s);
		if (n) {
			size_t tabs = strspn(s, "\t");
			pen_blanks(pg->pen, INDENT + 4 + outer + tabs * 8);
			pen_addn(pg->pen, INK_CYAN, s + tabs, n - tabs);
		}
		pen_line_end(pg->pen);
	}
}

static void add_item(struct page *pg)
{
	size_t outer = leading(pg->at), marker = list_marker(pg->at);
	const char *m = pg->at + outer;
	struct arena *a = pg->pen->out->arena;
	bool is_bullet = strchr("-*+", *m) != NULL;
	const char *bullet = pg->pen->is_unicode ? "\xe2\x80\xa2 " : "- ";
	const char *first =
		is_bullet ? bullet : arena_printf(a, "%.*s ", (int)strcspn(m, " \t"), m);
	size_t width = is_bullet ? 2 : strlen(first), indent = INDENT + outer + width;
	struct page_lines lines = {0};
	if (!pg->is_list)
		begin_block(pg);
	struct strbuf text = take_paragraph(pg, outer + marker);
	page_inline(pg->pen, strbuf_str(&text), text.len, INK_PLAIN, room_at(pg, indent), &lines);
	add_lines(pg, &lines, first, width, indent);
	pg->is_list = true;
}

static void add_quote(struct page *pg)
{
	struct arena *a = pg->pen->out->arena;
	struct strbuf text;
	struct page_lines lines = {0};
	strbuf_init(&text, a);
	begin_block(pg);
	for (; pg->at[leading(pg->at)] == '>'; pg->at = next_line(pg->at)) {
		const char *s = pg->at + leading(pg->at) + 1;
		strbuf_addn(&text, s, line_length(s));
		strbuf_addc(&text, ' ');
	}
	page_inline(
		pg->pen, strbuf_str(&text), text.len, INK_PLAIN, room_at(pg, INDENT + 2), &lines);
	for (size_t i = 0; i < lines.all.nr; i++) {
		pen_blanks(pg->pen, INDENT);
		pen_add(pg->pen, INK_DIM, pg->pen->is_unicode ? "\xe2\x94\x82 " : "| ");
		strbuf_add(pg->pen->out, lines.all.at[i].s);
		pen_line_end(pg->pen);
	}
}

static void add_block(struct page *pg)
{
	if (is_blank_line(pg->at)) {
		pg->is_list = false;
		pg->at = next_line(pg->at);
	} else if (fence_length(pg->at)) {
		add_fence(pg);
	} else if (heading_level(pg->at)) {
		add_heading(pg);
	} else if (is_rule_line(pg->at)) {
		pg->at = next_line(pg->at);
	} else if (list_marker(pg->at)) {
		add_item(pg);
	} else if (pg->at[leading(pg->at)] == '>') {
		add_quote(pg);
	} else if (page_is_table(pg->at)) {
		begin_block(pg);
		pg->at = page_table(pg->pen, pg->at, INDENT);
	} else {
		add_paragraph(pg);
	}
}

void page_render(struct pen *p, const char *markdown)
{
	struct page pg = {.pen = p, .at = markdown};
	while (*pg.at)
		add_block(&pg);
}

const char *page_first_paragraph(struct arena *a, const char *markdown)
{
	struct strbuf unused, text;
	struct pen pen = {.out = &unused, .width = MEASURE, .is_unicode = true};
	struct page pg = {.pen = &pen, .at = markdown};
	struct page_lines lines = {0};
	strbuf_init(&unused, a);
	strbuf_init(&text, a);
	while (*pg.at && begins_block(pg.at))
		pg.at = next_line(pg.at);
	if (!*pg.at)
		return "";
	struct strbuf paragraph = take_paragraph(&pg, leading(pg.at));
	page_inline(&pen, strbuf_str(&paragraph), paragraph.len, INK_PLAIN, MEASURE, &lines);
	for (size_t i = 0; i < lines.all.nr; i++)
		strbuf_addf(&text, "%s%s", i ? " " : "", lines.all.at[i].s);
	return strbuf_str(&text);
}
