/* Finds `otel-tidy:` comments by reading the text: they are not part of the tree. */
#include "frontend/lower.h"

#include "base/str.h"

#include <ctype.h>
#include <string.h>

#define MARK "otel-tidy:"

struct scanner {
	struct unit *u;
	uint32_t file;
	const char *s;
	size_t n, i;
	size_t line_start;
	uint32_t line;
	bool has_code;        /* on this line, before here */
	size_t first_waiting; /* comments from here on still want the next code line */
};

static void newline(struct scanner *sc)
{
	sc->line++;
	sc->line_start = sc->i + 1;
	sc->has_code = false;
}

static void step(struct scanner *sc)
{
	if (sc->s[sc->i] == '\n')
		newline(sc);
	sc->i++;
}

/* Code stands on this line: comments above that stand alone speak of it. */
static void see_code(struct scanner *sc)
{
	if (sc->has_code)
		return;
	sc->has_code = true;
	for (size_t k = sc->first_waiting; k < sc->u->comments.nr; k++)
		if (sc->u->comments.at[k].alone && !sc->u->comments.at[k].target)
			sc->u->comments.at[k].target = sc->line;
	sc->first_waiting = sc->u->comments.nr;
}

static bool begins_text(const char *s, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (!isspace((unsigned char)s[i]) && !strchr("/*!<", s[i]))
			return false;
	return true;
}

/* `from` is the comment's first byte, `to` one past its last one on this line. */
static void see_comment_line(struct scanner *sc, size_t from, size_t to, bool is_block)
{
	size_t mark_len = strlen(MARK);
	size_t start = from > sc->line_start ? from : sc->line_start;
	for (size_t i = start; i + mark_len <= to; i++) {
		if (memcmp(sc->s + i, MARK, mark_len) != 0 || !begins_text(sc->s, start, i))
			continue;
		size_t a = i + mark_len, b = to;
		while (a < b && isspace((unsigned char)sc->s[a]))
			a++;
		if (is_block && b - a >= 2 && memcmp(sc->s + b - 2, "*/", 2) == 0)
			b -= 2;
		while (b > a && isspace((unsigned char)sc->s[b - 1]))
			b--;
		struct ir_comment c = {.alone = !sc->has_code};
		c.loc = (struct ir_loc){.file = sc->file, .line = sc->line};
		c.loc.col = (uint16_t)(i - sc->line_start + 1 < UINT16_MAX ? i - sc->line_start + 1
									   : UINT16_MAX);
		c.text = keep_str(sc->u, arena_strndup(sc->u->scratch, sc->s + a, b - a));
		c.target = c.alone ? 0 : sc->line;
		vec_push(sc->u->out, &sc->u->comments, c);
		return;
	}
}

static void line_comment(struct scanner *sc)
{
	size_t from = sc->i;
	while (sc->i < sc->n && sc->s[sc->i] != '\n') {
		if (sc->s[sc->i] == '\\' && sc->i + 1 < sc->n && sc->s[sc->i + 1] == '\n') {
			see_comment_line(sc, from, sc->i, false);
			sc->i++;
			newline(sc);
		}
		sc->i++;
	}
	see_comment_line(sc, from, sc->i, false);
}

static void block_comment(struct scanner *sc)
{
	size_t from = sc->i;
	sc->i += 2;
	while (sc->i < sc->n) {
		if (sc->s[sc->i] == '*' && sc->i + 1 < sc->n && sc->s[sc->i + 1] == '/') {
			sc->i += 2;
			break;
		}
		if (sc->s[sc->i] == '\n')
			see_comment_line(sc, from, sc->i, true);
		step(sc);
	}
	see_comment_line(sc, from, sc->i, true);
	/* code behind it on the same line: the comment did not stand alone */
	size_t k = sc->i;
	while (k < sc->n && sc->s[k] != '\n' && isspace((unsigned char)sc->s[k]))
		k++;
	struct ir_comment *last =
		sc->u->comments.nr ? &sc->u->comments.at[sc->u->comments.nr - 1] : NULL;
	if (k < sc->n && sc->s[k] != '\n' && last && last->loc.file == sc->file &&
		last->loc.line == sc->line && last->alone) {
		last->alone = false;
		last->target = sc->line;
	}
}

static void raw_string(struct scanner *sc)
{
	size_t open = sc->i + 1, len = 0;
	while (open + len < sc->n && sc->s[open + len] != '(' && len < 17)
		len++;
	sc->i = open + len;
	while (sc->i < sc->n) {
		if (sc->s[sc->i] == ')' && sc->i + 1 + len < sc->n &&
			memcmp(sc->s + sc->i + 1, sc->s + open, len) == 0 &&
			sc->s[sc->i + 1 + len] == '"') {
			sc->i += len + 2;
			return;
		}
		step(sc);
	}
}

static void quoted(struct scanner *sc, char quote)
{
	for (sc->i++; sc->i < sc->n && sc->s[sc->i] != quote; sc->i++) {
		if (sc->s[sc->i] == '\n') /* not closed: #error text with an apostrophe */
			return;
		if (sc->s[sc->i] == '\\' && sc->i + 1 < sc->n) {
			sc->i++;
			if (sc->s[sc->i] == '\n')
				newline(sc);
		}
	}
	sc->i++;
}

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

/* R, LR, uR, UR or u8R in front of the quote, and not the end of another word. */
static bool is_raw_prefix(const struct scanner *sc)
{
	size_t from = sc->i;
	while (from && is_word(sc->s[from - 1]))
		from--;
	size_t n = sc->i - from;
	const char *word = sc->s + from;
	return n == 1 || (n == 2 && strchr("LuU", word[0])) || (n == 3 && !memcmp(word, "u8R", 3));
}

static void scan_text(struct scanner *sc)
{
	while (sc->i < sc->n) {
		char c = sc->s[sc->i], next = sc->i + 1 < sc->n ? sc->s[sc->i + 1] : '\0';
		char before = sc->i ? sc->s[sc->i - 1] : '\0';
		if (c == '/' && next == '/') {
			line_comment(sc);
		} else if (c == '/' && next == '*') {
			block_comment(sc);
		} else if (c == '"') {
			see_code(sc);
			if (before == 'R' && is_raw_prefix(sc))
				raw_string(sc);
			else
				quoted(sc, '"');
		} else if (c == '\'' && !is_word(before)) {
			see_code(sc);
			quoted(sc, '\'');
		} else {
			if (!isspace((unsigned char)c))
				see_code(sc);
			step(sc);
		}
	}
}

void scan_comments(struct unit *u)
{
	for (uint32_t i = 0; i < u->files.nr; i++) {
		size_t size = 0;
		if (u->files.at[i].is_system)
			continue;
		const char *text = clang.getFileContents(u->tu, u->handles.at[i], &size);
		if (!text || !memmem(text, size, MARK, strlen(MARK)))
			continue;
		struct scanner sc = {.u = u, .file = i, .s = text, .n = size, .line = 1};
		sc.first_waiting = u->comments.nr;
		scan_text(&sc);
		/* nothing follows: it speaks of its own line */
		for (size_t k = 0; k < u->comments.nr; k++)
			if (!u->comments.at[k].target)
				u->comments.at[k].target = u->comments.at[k].loc.line;
	}
}
