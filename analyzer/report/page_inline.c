/* Inline markup: `code`, **strong**, *emphasis*, links and escapes, wrapped into lines. */
#include "report/page_inline.h"

#include "report/utf8.h"

#include <string.h>

struct flow {
	struct pen *pen;
	struct page_lines *lines;
	size_t room;
	enum ink base, ink; /* of plain words; of what comes now */
	struct strbuf line, word;
	size_t line_width, word_width;
	bool is_inked; /* the word has an ink that is not ended yet */
	bool is_strong, is_emphasised;
};

static struct arena *flow_arena(struct flow *f)
{
	return f->pen->out->arena;
}

static void end_line(struct flow *f)
{
	if (!f->line.len)
		return;
	struct page_line line = {strbuf_str(&f->line), f->line_width};
	vec_push(flow_arena(f), &f->lines->all, line);
	strbuf_init(&f->line, flow_arena(f));
	f->line_width = 0;
}

static void end_ink(struct flow *f)
{
	if (f->is_inked)
		strbuf_add(&f->word, pen_ink_end(f->pen, f->ink));
	f->is_inked = false;
}

static void end_word(struct flow *f)
{
	end_ink(f);
	if (!f->word_width)
		return;
	if (f->line_width && f->line_width + 1 + f->word_width > f->room)
		end_line(f);
	if (f->line_width) {
		strbuf_addc(&f->line, ' ');
		f->line_width++;
	}
	strbuf_addn(&f->line, strbuf_str(&f->word), f->word.len);
	f->line_width += f->word_width;
	strbuf_init(&f->word, flow_arena(f));
	f->word_width = 0;
}

static void set_ink(struct flow *f, enum ink ink)
{
	if (f->ink != ink)
		end_ink(f);
	f->ink = ink;
}

static void set_style(struct flow *f)
{
	set_ink(f, f->is_strong || f->is_emphasised ? INK_BOLD : f->base);
}

static void add_chars(struct flow *f, const char *s, size_t n)
{
	for (size_t i = 0; i < n;) {
		uint32_t c;
		size_t size = utf8_decode(s + i, n - i, &c);
		if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
			end_word(f);
		} else {
			if (!f->is_inked)
				strbuf_add(&f->word, pen_ink(f->pen, f->ink));
			f->is_inked = f->ink != INK_PLAIN;
			utf8_add_safe(&f->word, s + i, size, f->pen->is_unicode);
			f->word_width += utf8_width(s + i, size);
		}
		i += size;
	}
}

static size_t run_of(const char *s, size_t n, char c)
{
	size_t k = 0;
	while (k < n && s[k] == c)
		k++;
	return k;
}

/* The bytes that a code span at s takes; 0 when it is not closed. Without colour the back-quotes
 * stay, so that code can be told from prose. */
static size_t add_code_span(struct flow *f, const char *s, size_t n)
{
	size_t ticks = run_of(s, n, '`');
	for (size_t i = ticks; i < n;) {
		size_t run = run_of(s + i, n - i, '`');
		if (run == ticks) {
			const char *body = s + ticks;
			size_t size = i - ticks;
			if (size > 2 && body[0] == ' ' && body[size - 1] == ' ') {
				body++;
				size -= 2;
			}
			if (f->pen->color)
				set_ink(f, INK_CYAN);
			else
				add_chars(f, "`", 1);
			add_chars(f, body, size);
			set_style(f);
			if (!f->pen->color)
				add_chars(f, "`", 1);
			return i + ticks;
		}
		i += run ? run : 1;
	}
	return 0;
}

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_word_char(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (unsigned char)c >= 0x80;
}

static bool closes_later(const char *s, size_t n, char mark, size_t length)
{
	for (size_t i = 1; i + length <= n; i++) {
		if (run_of(s + i, n - i, mark) >= length && !is_space(s[i - 1]))
			return true;
	}
	return false;
}

/* The bytes of an emphasis mark at s[at]; 0 when it is only a character. */
static size_t add_mark(struct flow *f, const char *s, size_t n, size_t at)
{
	char mark = s[at];
	size_t length = run_of(s + at, n - at, mark) >= 2 ? 2 : 1;
	bool *style = length == 2 ? &f->is_strong : &f->is_emphasised;
	bool has_before = at > 0 && !is_space(s[at - 1]);
	bool has_after = at + length < n && !is_space(s[at + length]);
	if (mark == '_' && has_before && has_after && is_word_char(s[at - 1]) &&
		is_word_char(s[at + length]))
		return 0;
	if (*style && has_before)
		*style = false;
	else if (!*style && has_after &&
		 closes_later(s + at + length, n - at - length, mark, length))
		*style = true;
	else
		return 0;
	set_style(f);
	return length;
}

static bool is_web(const char *s, size_t n)
{
	return (n > 7 && strncmp(s, "http://", 7) == 0) ||
	       (n > 8 && strncmp(s, "https://", 8) == 0);
}

static void add_text(struct flow *f, const char *s, size_t n);

/* [text](target): the target is shown when it is on the web, else it only names a file nearby. */
static size_t add_link(struct flow *f, const char *s, size_t n)
{
	const char *close = memchr(s, ']', n);
	if (!close || (size_t)(close - s) + 1 >= n || close[1] != '(')
		return 0;
	const char *end = memchr(close, ')', n - (size_t)(close - s));
	if (!end)
		return 0;
	const char *target = close + 2;
	size_t size = (size_t)(end - target);
	add_text(f, s + 1, (size_t)(close - s) - 1);
	if (is_web(target, size)) {
		add_chars(f, " <", 2);
		add_chars(f, target, size);
		add_chars(f, ">", 1);
	}
	return (size_t)(end - s) + 1;
}

static size_t add_special(struct flow *f, const char *s, size_t n, size_t at)
{
	const char *rest = s + at;
	size_t left = n - at;
	if (*rest == '\\' && left > 1 && strchr("\\`*_{}[]()#+-.!|<>~", rest[1])) {
		add_chars(f, rest + 1, 1);
		return 2;
	}
	if (*rest == '`')
		return add_code_span(f, rest, left);
	if (*rest == '*' || *rest == '_')
		return add_mark(f, s, n, at);
	if (*rest == '[')
		return add_link(f, rest, left);
	if (left > 7 && strncmp(rest, "<!--", 4) == 0) {
		for (size_t i = 4; i + 3 <= left; i++) {
			if (strncmp(rest + i, "-->", 3) == 0)
				return i + 3;
		}
	}
	return 0;
}

static void add_text(struct flow *f, const char *s, size_t n)
{
	for (size_t i = 0; i < n;) {
		size_t taken = strchr("\\`*_[<", s[i]) && s[i] ? add_special(f, s, n, i) : 0;
		if (!taken) {
			/* an unclosed run of back-quotes is text as a whole */
			taken = s[i] == '`' ? run_of(s + i, n - i, '`') : 1;
			while (i + taken < n && ((unsigned char)s[i + taken] & 0xc0) == 0x80)
				taken++;
			add_chars(f, s + i, taken);
		}
		i += taken;
	}
}

void page_inline(struct pen *p, const char *text, size_t n, enum ink base, size_t room,
	struct page_lines *out)
{
	struct flow f = {.pen = p, .lines = out, .room = room, .base = base, .ink = base};
	strbuf_init(&f.line, p->out->arena);
	strbuf_init(&f.word, p->out->arena);
	add_text(&f, text, n);
	end_word(&f);
	end_line(&f);
}
