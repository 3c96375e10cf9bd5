/* The grammar of JSON, read in place. */
#include "traces/jcursor.h"

#include <stdint.h>
#include <string.h>

void jc_init(struct jcursor *c, const char *text, size_t n)
{
	*c = (struct jcursor){.start = text, .p = text, .end = text + n};
}

bool jc_fail(struct jcursor *c, const char *error)
{
	if (!c->error)
		c->error = error;
	return false;
}

char jc_peek(struct jcursor *c)
{
	while (*c->p == ' ' || *c->p == '\t' || *c->p == '\r' || *c->p == '\n')
		c->p++;
	return c->error ? '\0' : *c->p;
}

/* What is missing at the cursor: the end of the line is the commonest reason. */
static bool expected(struct jcursor *c, const char *error)
{
	if (!*c->p)
		error = c->p < c->end ? "a NUL byte stands here" : "the line ends too early";
	return jc_fail(c, error);
}

static bool open_container(struct jcursor *c, char bracket)
{
	if (jc_peek(c) != bracket)
		return expected(c, bracket == '{' ? "an object is expected here"
						  : "an array is expected here");
	if (++c->depth > JC_DEPTH)
		return jc_fail(c, "nesting is too deep (64 levels at most)");
	c->p++;
	return true;
}

/* True: another item follows. */
static bool next_item(struct jcursor *c, bool *is_first, char bracket, char close)
{
	if (c->error)
		return false;
	bool opens = *is_first;
	*is_first = false;
	if (opens && !open_container(c, bracket))
		return false;
	char at = jc_peek(c);
	if (at == close) {
		c->p++;
		c->depth--;
		return false;
	}
	if (opens)
		return *c->p ? true : expected(c, "");
	if (at != ',')
		return expected(c, "a comma or a closing bracket is expected here");
	c->p++;
	if (jc_peek(c) == close)
		return jc_fail(c, "a comma stands before a closing bracket");
	return true;
}

bool jc_member(struct jcursor *c, bool *is_first, struct slice *key)
{
	if (!next_item(c, is_first, '{', '}'))
		return false;
	if (jc_peek(c) != '"')
		return expected(c, "a key in double quotes is expected here");
	if (!jc_raw_string(c, key))
		return false;
	if (jc_peek(c) != ':')
		return expected(c, "a colon is expected here");
	c->p++;
	return true;
}

bool jc_element(struct jcursor *c, bool *is_first)
{
	return next_item(c, is_first, '[', ']');
}

bool jc_key_is(struct slice key, const char *name)
{
	return strlen(name) == key.nr && memcmp(key.at, name, key.nr) == 0;
}

static bool is_hex(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static bool skip_escape(struct jcursor *c)
{
	char e = c->p[1];
	if (e && strchr("\"\\/bfnrt", e)) {
		c->p += 2;
		return true;
	}
	if (e != 'u')
		return jc_fail(c, "a backslash starts no known escape here");
	for (int i = 2; i < 6; i++)
		if (!is_hex(c->p[i]))
			return jc_fail(c, "\\u needs four hexadecimal digits");
	c->p += 6;
	return true;
}

bool jc_raw_string(struct jcursor *c, struct slice *raw)
{
	if (jc_peek(c) != '"')
		return expected(c, "a text in double quotes is expected here");
	const char *start = ++c->p;
	for (;;) {
		unsigned char at = (unsigned char)*c->p;
		if (at == '"')
			break;
		if (at == '\\') {
			if (!skip_escape(c))
				return false;
		} else if (at < 0x20) {
			return expected(c, "a control character stands in a text");
		} else {
			c->p++;
		}
	}
	*raw = (struct slice){start, (size_t)(c->p - start)};
	c->p++;
	return true;
}

static unsigned hex4(const char *p)
{
	unsigned v = 0;
	for (int i = 0; i < 4; i++) {
		unsigned d = (unsigned char)p[i];
		v = v * 16 + (d <= '9' ? d - '0' : (d | 0x20) - 'a' + 10);
	}
	return v;
}

static char *put_utf8(char *to, uint32_t v)
{
	if (v < 0x80) {
		*to++ = (char)v;
	} else if (v < 0x800) {
		*to++ = (char)(0xc0 | v >> 6);
		*to++ = (char)(0x80 | (v & 0x3f));
	} else if (v < 0x10000) {
		*to++ = (char)(0xe0 | v >> 12);
		*to++ = (char)(0x80 | (v >> 6 & 0x3f));
		*to++ = (char)(0x80 | (v & 0x3f));
	} else {
		*to++ = (char)(0xf0 | v >> 18);
		*to++ = (char)(0x80 | (v >> 12 & 0x3f));
		*to++ = (char)(0x80 | (v >> 6 & 0x3f));
		*to++ = (char)(0x80 | (v & 0x3f));
	}
	return to;
}

/* At "\uXXXX", which was checked; *p goes behind it, and behind the second half of a pair. */
static uint32_t unescape_unicode(const char **p, const char *end)
{
	uint32_t v = hex4(*p + 2);
	*p += 6;
	if (v >= 0xd800 && v <= 0xdbff && end - *p >= 6 && (*p)[0] == '\\' && (*p)[1] == 'u') {
		uint32_t low = hex4(*p + 2);
		if (low >= 0xdc00 && low <= 0xdfff) {
			*p += 6;
			return 0x10000 + ((v - 0xd800) << 10) + (low - 0xdc00);
		}
	}
	return !v || (v >= 0xd800 && v <= 0xdfff) ? 0xfffd : v;
}

const char *jc_string(struct jcursor *c, struct arena *a)
{
	struct slice raw;
	if (!jc_raw_string(c, &raw))
		return NULL;
	if (!memchr(raw.at, '\\', raw.nr))
		return arena_strndup(a, raw.at, raw.nr);
	/* decoded text is never longer: \uXXXX, six bytes, gives three at most */
	char *text = arena_alloc(a, raw.nr + 1), *to = text;
	const char *end = raw.at + raw.nr;
	for (const char *p = raw.at; p < end;) {
		if (*p != '\\') {
			*to++ = *p++;
		} else if (p[1] == 'u') {
			to = put_utf8(to, unescape_unicode(&p, end));
		} else {
			static const char from[] = "bfnrt", into[] = "\b\f\n\r\t";
			const char *which = strchr(from, p[1]);
			*to++ = which ? into[which - from] : p[1];
			p += 2;
		}
	}
	*to = '\0';
	return text;
}

static bool digits(struct jcursor *c)
{
	const char *start = c->p;
	while (*c->p >= '0' && *c->p <= '9')
		c->p++;
	return c->p > start || expected(c, "a digit is expected here");
}

bool jc_number(struct jcursor *c, struct slice *raw)
{
	jc_peek(c);
	const char *start = c->p;
	if (*c->p == '-')
		c->p++;
	else if (*c->p < '0' || *c->p > '9')
		return expected(c, "a value is expected here");
	if (c->p[0] == '0' && c->p[1] >= '0' && c->p[1] <= '9')
		return jc_fail(c, "a number starts with a needless 0");
	if (!digits(c))
		return false;
	if (*c->p == '.' && (c->p++, !digits(c)))
		return false;
	if (*c->p == 'e' || *c->p == 'E') {
		c->p++;
		c->p += *c->p == '+' || *c->p == '-';
		if (!digits(c))
			return false;
	}
	*raw = (struct slice){start, (size_t)(c->p - start)};
	return true;
}

static bool word(struct jcursor *c, const char *w)
{
	size_t n = strlen(w);
	if ((size_t)(c->end - c->p) < n || memcmp(c->p, w, n) != 0)
		return expected(c, "a value is expected here");
	c->p += n;
	return true;
}

bool jc_null(struct jcursor *c)
{
	return jc_peek(c) == 'n' && word(c, "null");
}

bool jc_bool(struct jcursor *c, bool *value)
{
	char at = jc_peek(c);
	if (at != 't' && at != 'f')
		return expected(c, "true or false is expected here");
	*value = at == 't';
	return word(c, at == 't' ? "true" : "false");
}

bool jc_skip(struct jcursor *c)
{
	struct slice ignored;
	bool is_first = true, truth;
	switch (jc_peek(c)) {
	case '{':
		while (jc_member(c, &is_first, &ignored) && jc_skip(c))
			;
		break;
	case '[':
		while (jc_element(c, &is_first) && jc_skip(c))
			;
		break;
	case '"':
		return jc_raw_string(c, &ignored);
	case 't':
	case 'f':
		return jc_bool(c, &truth);
	case 'n':
		return jc_null(c);
	default:
		return !c->error && jc_number(c, &ignored);
	}
	return !c->error;
}

bool jc_end(struct jcursor *c)
{
	jc_peek(c);
	if (c->p == c->end)
		return !c->error;
	return expected(c, "nothing is expected behind the object");
}
