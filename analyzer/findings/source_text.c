/* Finds tokens, brackets and statements in C and C++ text. */
#include "findings/source_text.h"

#include "base/vec.h"

#include <ctype.h>
#include <string.h>

void source_text_init(struct source_text *t, struct arena *a, const char *s, size_t n)
{
	VEC(size_t) lines = {0};
	vec_push(a, &lines, 0);
	for (size_t i = 0; i < n; i++)
		if (s[i] == '\n')
			vec_push(a, &lines, i + 1);
	*t = (struct source_text){.s = s, .n = n, .lines = lines.at, .nr_lines = lines.nr};
	t->scan = arena_new(a, struct source_scan);
}

size_t source_offset(const struct source_text *t, uint32_t line, uint32_t col)
{
	if (!line || line > t->nr_lines || !col)
		return NO_OFFSET;
	size_t at = t->lines[line - 1] + col - 1;
	size_t end = line < t->nr_lines ? t->lines[line] : t->n;
	return at < end ? at : NO_OFFSET;
}

void source_place(const struct source_text *t, size_t offset, uint32_t *line, uint32_t *col)
{
	size_t low = 0, high = t->nr_lines;
	while (high - low > 1) {
		size_t mid = low + (high - low) / 2;
		if (t->lines[mid] <= offset)
			low = mid;
		else
			high = mid;
	}
	*line = (uint32_t)low + 1;
	*col = (uint32_t)(offset - t->lines[low]) + 1;
}

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

static size_t skip_quoted(const struct source_text *t, size_t at)
{
	char quote = t->s[at++];
	while (at < t->n && t->s[at] != quote && t->s[at] != '\n')
		at += t->s[at] == '\\' && at + 1 < t->n ? 2 : 1;
	return at < t->n ? at + 1 : t->n;
}

/* R"x( … )x" */
static size_t skip_raw(const struct source_text *t, size_t at)
{
	char end[32] = ")";
	size_t open = at + 1 + strcspn(t->s + at + 1, "(\n");
	size_t n = open - at - 1;
	if (t->s[open] != '(' || n > 16)
		return at + 1;
	memcpy(end + 1, t->s + at + 1, n);
	end[n + 1] = '"';
	const char *found = strstr(t->s + open, end);
	return found ? (size_t)(found - t->s) + strlen(end) : t->n;
}

static size_t skip_comment(const struct source_text *t, size_t at)
{
	if (t->s[at + 1] == '/') {
		while (at < t->n && t->s[at] != '\n')
			at += t->s[at] == '\\' && at + 1 < t->n ? 2 : 1;
		return at < t->n ? at : t->n;
	}
	const char *end = strstr(t->s + at + 2, "*/");
	return end ? (size_t)(end - t->s) + 2 : t->n;
}

static bool is_comment(const struct source_text *t, size_t at)
{
	return t->s[at] == '/' && (t->s[at + 1] == '/' || t->s[at + 1] == '*');
}

size_t source_skip(const struct source_text *t, size_t at)
{
	if (at >= t->n)
		return t->n;
	if (isspace((unsigned char)t->s[at])) {
		while (at < t->n && isspace((unsigned char)t->s[at]))
			at++;
		return at;
	}
	if (is_comment(t, at))
		return skip_comment(t, at);
	if (is_word(t->s[at])) {
		bool is_number = isdigit((unsigned char)t->s[at]);
		size_t from = at;
		while (at < t->n && (is_word(t->s[at]) || (is_number && t->s[at] == '\'')))
			at++;
		if (t->s[at] == '"' && t->s[at - 1] == 'R' && at - from <= 3)
			return skip_raw(t, at);
		return at;
	}
	if (t->s[at] == '"' || t->s[at] == '\'')
		return skip_quoted(t, at);
	return at + 1;
}

size_t source_skip_blank(const struct source_text *t, size_t at)
{
	while (at < t->n && (isspace((unsigned char)t->s[at]) || is_comment(t, at)))
		at = source_skip(t, at);
	return at;
}

static char closing(char open)
{
	return open == '(' ? ')' : open == '[' ? ']' : open == '{' ? '}' : 0;
}

size_t source_close(const struct source_text *t, size_t open)
{
	char stack[SOURCE_DEPTH];
	unsigned depth = 0;
	for (size_t at = open; at < t->n; at = source_skip(t, at)) {
		char c = t->s[at];
		if (closing(c)) {
			if (depth == SOURCE_DEPTH)
				return NO_OFFSET;
			stack[depth++] = closing(c);
		} else if (c == ')' || c == ']' || c == '}') {
			if (!depth || stack[--depth] != c)
				return NO_OFFSET;
			if (!depth)
				return at;
		}
	}
	return NO_OFFSET;
}

size_t source_call(const struct source_text *t, size_t at, const char *name)
{
	size_t n = strlen(name);
	for (; at < t->n && t->s[at] != ';' && t->s[at] != '{'; at = source_skip(t, at)) {
		size_t end = source_skip(t, at);
		if (end - at != n || strncmp(t->s + at, name, n) != 0)
			continue;
		size_t open = source_skip_blank(t, end);
		if (t->s[open] == '(')
			return open;
	}
	return NO_OFFSET;
}

static void trim(const struct source_text *t, struct source_range *r)
{
	while (r->from < r->to && isspace((unsigned char)t->s[r->from]))
		r->from++;
	while (r->to > r->from && isspace((unsigned char)t->s[r->to - 1]))
		r->to--;
}

size_t source_arguments(const struct source_text *t, size_t open, size_t close,
	struct source_range *out, size_t max)
{
	size_t nr = 0, from = open + 1;
	for (size_t at = from; at <= close; at = source_skip(t, at)) {
		while (at < close && closing(t->s[at])) {
			size_t end = source_close(t, at);
			if (end == NO_OFFSET)
				return 0;
			at = end + 1;
		}
		if (at != close && t->s[at] != ',')
			continue;
		struct source_range r = {from, at};
		trim(t, &r);
		if (r.from == r.to)
			return 0;
		if (nr < max)
			out[nr] = r;
		nr++;
		if (at == close)
			break;
		from = at + 1;
	}
	return nr;
}

/* A directive with its continued lines. */
static size_t skip_directive(const struct source_text *t, size_t at)
{
	while (at < t->n && t->s[at] != '\n') {
		if (is_comment(t, at)) {
			at = skip_comment(t, at);
			continue;
		}
		at += t->s[at] == '\\' && at + 1 < t->n ? 2 : 1;
	}
	return at;
}

static bool begins_line(const struct source_text *t, size_t at)
{
	while (at && (t->s[at - 1] == ' ' || t->s[at - 1] == '\t'))
		at--;
	return !at || t->s[at - 1] == '\n';
}

/* One token further; false when the brackets do not match: conditional compilation, most likely. */
static bool scan_token(const struct source_text *t, struct source_scan *scan)
{
	char c = t->s[scan->at];
	if (c == '#' && begins_line(t, scan->at)) {
		scan->at = scan->boundary = skip_directive(t, scan->at);
		return true;
	}
	if (closing(c)) {
		if (scan->depth == SOURCE_DEPTH)
			return false;
		scan->stack[scan->depth].close = closing(c);
		scan->stack[scan->depth++].boundary = scan->boundary;
		if (c == '{')
			scan->boundary = scan->at + 1;
	} else if (c == ')' || c == ']' || c == '}') {
		if (!scan->depth || scan->stack[--scan->depth].close != c)
			return false;
		bool is_nested = scan->depth && scan->stack[scan->depth - 1].close != '}';
		scan->boundary =
			c == '}' && !is_nested ? scan->at + 1 : scan->stack[scan->depth].boundary;
	} else if (c == ';' && (!scan->depth || scan->stack[scan->depth - 1].close == '}')) {
		scan->boundary = scan->at + 1;
	}
	scan->at = source_skip(t, scan->at);
	return true;
}

/* Where the statement that holds `target` begins: behind the last bracket or semicolon that ends
 * another one. */
static size_t statement_start(struct source_text *t, size_t target)
{
	struct source_scan *scan = t->scan;
	if (target < scan->at)
		*scan = (struct source_scan){0};
	while (!scan->is_broken && scan->at < target)
		scan->is_broken = !scan_token(t, scan);
	return scan->is_broken ? NO_OFFSET : source_skip_blank(t, scan->boundary);
}

static bool begins_with_keyword(const struct source_text *t, size_t at)
{
	static const char *const words[] = {"if", "else", "for", "while", "do", "switch", "case",
		"default", "return", "goto", "try", "catch", "co_return", "throw"};
	size_t n = source_skip(t, at) - at;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strlen(words[i]) == n && strncmp(t->s + at, words[i], n) == 0)
			return true;
	size_t next = source_skip_blank(t, at + n);
	return is_word(t->s[at]) && t->s[next] == ':' && t->s[next + 1] != ':'; /* a label */
}

bool source_statement(struct source_text *t, size_t at, struct source_range *out)
{
	out->from = statement_start(t, at);
	if (out->from == NO_OFFSET || out->from > at || begins_with_keyword(t, out->from))
		return false;
	for (size_t p = out->from; p < t->n; p = source_skip(t, p)) {
		if (t->s[p] == ';') {
			out->to = p + 1;
			return p >= at;
		}
		if (t->s[p] == '#' || t->s[p] == '}' || t->s[p] == ')')
			return false;
		if (closing(t->s[p])) {
			p = source_close(t, p);
			if (p == NO_OFFSET)
				return false;
		}
	}
	return false;
}

struct source_range source_with_lines(const struct source_text *t, struct source_range r)
{
	struct source_range whole = r;
	while (whole.from && (t->s[whole.from - 1] == ' ' || t->s[whole.from - 1] == '\t'))
		whole.from--;
	while (whole.to < t->n && (t->s[whole.to] == ' ' || t->s[whole.to] == '\t'))
		whole.to++;
	bool starts = !whole.from || t->s[whole.from - 1] == '\n';
	/* a comment behind it speaks of it */
	if (starts && is_comment(t, whole.to) && t->s[whole.to + 1] == '/')
		whole.to = skip_comment(t, whole.to);
	if (starts && whole.to < t->n && t->s[whole.to] == '\r')
		whole.to++;
	if (!starts || whole.to >= t->n || t->s[whole.to] != '\n')
		return r;
	whole.to++;
	return whole;
}
