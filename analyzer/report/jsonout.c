/* A small JSON writer. Everything non-ASCII stays as it is, so that reports remain readable. */
#include "report/jsonout.h"

#include "report/utf8.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

void jsonout_init(struct jsonout *j, struct strbuf *out)
{
	*j = (struct jsonout){.out = out};
}

void jsonout_quote(struct strbuf *out, const char *s, size_t n)
{
	strbuf_addc(out, '"');
	for (size_t i = 0; i < n;) {
		uint32_t c;
		size_t size = utf8_decode(s + i, n - i, &c);
		if (c == '"' || c == '\\')
			strbuf_addf(out, "\\%c", (char)c);
		else if (c == '\n')
			strbuf_add(out, "\\n");
		else if (c == '\t')
			strbuf_add(out, "\\t");
		else if (c == '\r')
			strbuf_add(out, "\\r");
		else if (c < 0x20 || c == 0x7f)
			strbuf_addf(out, "\\u%04x", (unsigned)c);
		else if (c == UTF8_REPLACEMENT)
			strbuf_add(out, "\xef\xbf\xbd");
		else
			strbuf_addn(out, s + i, size);
		i += size;
	}
	strbuf_addc(out, '"');
}

static void indent(struct jsonout *j)
{
	strbuf_addc(j->out, '\n');
	for (unsigned i = 0; i < j->depth; i++)
		strbuf_add(j->out, "  ");
}

static void begin_value(struct jsonout *j, const char *key)
{
	if (j->depth) {
		if (j->has_members[j->depth])
			strbuf_addc(j->out, ',');
		indent(j);
	}
	j->has_members[j->depth] = true;
	if (key) {
		jsonout_quote(j->out, key, strlen(key));
		strbuf_add(j->out, ": ");
	}
}

static void open_value(struct jsonout *j, const char *key, char bracket)
{
	begin_value(j, key);
	strbuf_addc(j->out, bracket);
	assert(j->depth + 1 < JSONOUT_DEPTH);
	j->has_members[++j->depth] = false;
}

static void close_value(struct jsonout *j, char bracket)
{
	bool is_empty = !j->has_members[j->depth];
	assert(j->depth > 0);
	j->depth--;
	if (!is_empty)
		indent(j);
	strbuf_addc(j->out, bracket);
	if (!j->depth)
		strbuf_addc(j->out, '\n');
}

void jsonout_object(struct jsonout *j, const char *key)
{
	open_value(j, key, '{');
}

void jsonout_object_end(struct jsonout *j)
{
	close_value(j, '}');
}

void jsonout_array(struct jsonout *j, const char *key)
{
	open_value(j, key, '[');
}

void jsonout_array_end(struct jsonout *j)
{
	close_value(j, ']');
}

void jsonout_string_n(struct jsonout *j, const char *key, const char *value, size_t n)
{
	begin_value(j, key);
	jsonout_quote(j->out, value, n);
}

void jsonout_string(struct jsonout *j, const char *key, const char *value)
{
	jsonout_string_n(j, key, value ? value : "", value ? strlen(value) : 0);
}

void jsonout_int(struct jsonout *j, const char *key, int64_t value)
{
	begin_value(j, key);
	strbuf_addf(j->out, "%" PRId64, value);
}

void jsonout_bool(struct jsonout *j, const char *key, bool value)
{
	begin_value(j, key);
	strbuf_add(j->out, value ? "true" : "false");
}
