/* Values of OTLP JSON. */
#include "traces/otlp_value.h"

#include "base/str.h"

#include <string.h>

bool otlp_text(struct jcursor *c, struct arena *a, const char **out)
{
	const char *text = jc_string(c, a);
	if (text)
		*out = text;
	return text != NULL;
}

/* A number written as a number or, as OTLP does with 64 bits, as a text. */
static bool number_slice(struct jcursor *c, struct slice *raw)
{
	return jc_peek(c) == '"' ? jc_raw_string(c, raw) : jc_number(c, raw);
}

bool otlp_uint64(struct jcursor *c, uint64_t *out)
{
	struct slice raw;
	if (!number_slice(c, &raw))
		return false;
	uint64_t n = 0;
	for (size_t i = 0; i < raw.nr; i++) {
		unsigned digit = (unsigned)(unsigned char)raw.at[i] - '0';
		if (digit > 9)
			return jc_fail(c, "a time is a whole number of nanoseconds");
		if (n > (UINT64_MAX - digit) / 10)
			return jc_fail(c, "a time does not fit 64 bits");
		n = n * 10 + digit;
	}
	*out = n;
	return raw.nr ? true : jc_fail(c, "a time is a whole number of nanoseconds");
}

bool otlp_enum(struct jcursor *c, const char *const *names, size_t nr, unsigned *out)
{
	struct slice raw;
	*out = 0;
	if (!number_slice(c, &raw))
		return false;
	for (unsigned i = 0; i < nr; i++)
		if (jc_key_is(raw, names[i]) || (raw.nr == 1 && raw.at[0] == (char)('0' + i)))
			*out = i;
	return true;
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = (char)(c | 0x20);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool otlp_id(struct jcursor *c, uint8_t *out, size_t nr)
{
	struct slice raw;
	if (!jc_raw_string(c, &raw))
		return false;
	if (!raw.nr)
		return true;
	if (raw.nr != 2 * nr)
		return jc_fail(c, nr == 16 ? "a trace id is 32 hexadecimal digits"
					   : "a span id is 16 hexadecimal digits");
	for (size_t i = 0; i < nr; i++) {
		int high = hex_digit(raw.at[2 * i]), low = hex_digit(raw.at[2 * i + 1]);
		if (high < 0 || low < 0)
			return jc_fail(c, "an id holds something else than hexadecimal digits");
		out[i] = (uint8_t)(high << 4 | low);
	}
	return true;
}

bool otlp_id_is_set(const uint8_t *id, size_t nr)
{
	for (size_t i = 0; i < nr; i++)
		if (id[i])
			return true;
	return false;
}

static void add_value(struct jcursor *c, struct strbuf *out);

/* Texts stay as they were written: they are JSON already. */
static void add_string(struct jcursor *c, struct strbuf *out)
{
	struct slice raw;
	if (!jc_raw_string(c, &raw))
		return;
	strbuf_addc(out, '"');
	strbuf_addn(out, raw.at, raw.nr);
	strbuf_addc(out, '"');
}

static void add_array(struct jcursor *c, struct strbuf *out)
{
	struct slice key;
	bool is_first = true, is_first_value = true;
	strbuf_addc(out, '[');
	for (bool is_next = false; jc_member(c, &is_first, &key);) {
		if (!jc_key_is(key, "values") || jc_peek(c) != '[') {
			jc_skip(c);
			continue;
		}
		for (; jc_element(c, &is_first_value); is_next = true) {
			if (is_next)
				strbuf_addc(out, ',');
			add_value(c, out);
		}
	}
	strbuf_addc(out, ']');
}

static void add_pair(struct jcursor *c, struct strbuf *out)
{
	struct slice key;
	bool is_first = true;
	struct jcursor value = {.p = NULL};
	struct slice name = {"", 0};
	while (jc_member(c, &is_first, &key)) {
		if (jc_key_is(key, "key") && jc_peek(c) == '"') {
			jc_raw_string(c, &name);
			continue;
		}
		if (jc_key_is(key, "value"))
			value = *c;
		jc_skip(c);
	}
	strbuf_addc(out, '"');
	strbuf_addn(out, name.at, name.nr);
	strbuf_add(out, "\":");
	if (value.p && !c->error)
		add_value(&value, out);
	else
		strbuf_add(out, "null");
}

static void add_map(struct jcursor *c, struct strbuf *out)
{
	struct slice key;
	bool is_first = true, is_first_value = true;
	strbuf_addc(out, '{');
	for (bool is_next = false; jc_member(c, &is_first, &key);) {
		if (!jc_key_is(key, "values") || jc_peek(c) != '[') {
			jc_skip(c);
			continue;
		}
		for (; jc_element(c, &is_first_value); is_next = true) {
			if (is_next)
				strbuf_addc(out, ',');
			add_pair(c, out);
		}
	}
	strbuf_addc(out, '}');
}

static void add_number(struct jcursor *c, struct strbuf *out)
{
	struct slice raw;
	if (number_slice(c, &raw))
		strbuf_addn(out, raw.at, raw.nr);
}

/* An AnyValue as JSON. */
static void add_value(struct jcursor *c, struct strbuf *out)
{
	struct slice key;
	bool is_first = true, truth, has_value = false;
	if (jc_null(c)) {
		strbuf_add(out, "null");
		return;
	}
	while (jc_member(c, &is_first, &key)) {
		bool is_value = !has_value && jc_peek(c) != 'n';
		has_value |= is_value;
		if (is_value && (jc_key_is(key, "stringValue") || jc_key_is(key, "bytesValue")))
			add_string(c, out);
		else if (is_value && jc_key_is(key, "boolValue") && jc_bool(c, &truth))
			strbuf_add(out, truth ? "true" : "false");
		else if (is_value && (jc_key_is(key, "intValue") || jc_key_is(key, "doubleValue")))
			add_number(c, out);
		else if (is_value && jc_key_is(key, "arrayValue"))
			add_array(c, out);
		else if (is_value && jc_key_is(key, "kvlistValue"))
			add_map(c, out);
		else
			jc_skip(c);
	}
	if (!has_value)
		strbuf_add(out, "null");
}

bool otlp_value(struct jcursor *c, struct arena *a, struct trace_attr *out)
{
	struct slice key, raw;
	bool is_first = true, truth;
	struct jcursor start = *c;
	struct strbuf nested;
	while (jc_member(c, &is_first, &key)) {
		if (jc_null(c))
			continue;
		if (jc_key_is(key, "stringValue")) {
			out->type = TRACE_STRING;
			otlp_text(c, a, &out->text);
		} else if (jc_key_is(key, "bytesValue")) {
			out->type = TRACE_BYTES;
			otlp_text(c, a, &out->text);
		} else if (jc_key_is(key, "boolValue")) {
			out->type = TRACE_BOOL;
			if (jc_bool(c, &truth))
				out->text = truth ? "true" : "false";
		} else if (jc_key_is(key, "intValue") || jc_key_is(key, "doubleValue")) {
			out->type = key.at[0] == 'i' ? TRACE_INT : TRACE_DOUBLE;
			if (number_slice(c, &raw))
				out->text = arena_strndup(a, raw.at, raw.nr);
		} else if (jc_key_is(key, "arrayValue") || jc_key_is(key, "kvlistValue")) {
			out->type = TRACE_NESTED;
			jc_skip(c);
		} else {
			jc_skip(c);
		}
	}
	if (out->type == TRACE_NESTED && !c->error) {
		strbuf_init(&nested, a);
		add_value(&start, &nested);
		out->text = strbuf_str(&nested);
	}
	return !c->error;
}
