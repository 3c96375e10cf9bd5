/* SPDX-License-Identifier: Apache-2.0 */
/* W3C Trace Context (level 2) and W3C Baggage: to and from headers. What comes from outside is
 * checked to the letter; what is not valid counts as absent. */
#include <stdlib.h>
#include <string.h>

#include "internal.h"

#define MAX_ENTRIES          64   /* W3C Baggage 3.3.2 */
#define MAX_BAGGAGE          8192 /* bytes of the header, same place */
#define MAX_TRACESTATE       32   /* members, W3C Trace Context 3.3.1.1 */
#define MAX_TRACESTATE_BYTES (MAX_TRACESTATE * 514)

/* ---- traceparent --------------------------------------------------------------------------- */

static int hex_digit(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Lower case only, as the header demands. */
static bool read_hex(const char *s, unsigned char *out, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		int high = hex_digit(s[2 * i]), low = high < 0 ? -1 : hex_digit(s[2 * i + 1]);
		if (low < 0)
			return false;
		out[i] = (unsigned char)(high << 4 | low);
	}
	return true;
}

static bool is_zero(const unsigned char *bytes, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (bytes[i])
			return false;
	return true;
}

static bool read_traceparent(const char *s, ctel_ctx *out)
{
	size_t n = s ? strlen(s) : 0;
	unsigned char version;
	ctel_ctx ctx = {.is_remote = true};
	if (n < 55 || s[2] != '-' || s[35] != '-' || s[52] != '-' || !read_hex(s, &version, 1))
		return false;
	/* A later version may say more, after another dash. */
	if (version == 0xff || (version == 0 && n != 55) || (n > 55 && s[55] != '-'))
		return false;
	if (!read_hex(s + 3, ctx.trace_id, 16) || !read_hex(s + 36, ctx.span_id, 8) ||
		!read_hex(s + 53, &ctx.flags, 1))
		return false;
	if (is_zero(ctx.trace_id, 16) || is_zero(ctx.span_id, 8))
		return false;
	*out = ctx;
	return true;
}

/* ---- Members of a comma-separated list ----------------------------------------------------- */

struct slice {
	const char *s;
	size_t n;
};

static bool is_space(char c)
{
	return c == ' ' || c == '\t';
}

static struct slice trim(const char *s, size_t n)
{
	while (n && is_space(s[0]))
		s++, n--;
	while (n && is_space(s[n - 1]))
		n--;
	return (struct slice){s, n};
}

/* The next member, trimmed, possibly empty; false at the end. */
static bool next_member(const char **rest, struct slice *out)
{
	if (!*rest)
		return false;
	size_t n = strcspn(*rest, ",");
	*out = trim(*rest, n);
	*rest = (*rest)[n] ? *rest + n + 1 : NULL;
	return true;
}

/* ---- tracestate ---------------------------------------------------------------------------- */

static bool is_state_key(struct slice key)
{
	const char *at = memchr(key.s, '@', key.n);
	bool starts_well = key.n && ((key.s[0] >= 'a' && key.s[0] <= 'z') ||
					    (key.s[0] >= '0' && key.s[0] <= '9'));
	if (!starts_well || key.n > 256)
		return false;
	if (at) {
		size_t tenant = (size_t)(at - key.s), system = key.n - tenant - 1;
		if (tenant > 241 || system < 1 || system > 14)
			return false;
	}
	for (size_t i = 0; i < key.n; i++) {
		char c = key.s[i];
		bool is_plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' ||
				c == '-' || c == '*' || c == '/';
		if (!is_plain && key.s + i != at)
			return false;
	}
	return true;
}

static bool is_state_value(struct slice value)
{
	if (value.n < 1 || value.n > 256)
		return false;
	for (size_t i = 0; i < value.n; i++)
		if (value.s[i] < 0x20 || value.s[i] > 0x7e || value.s[i] == '=')
			return false;
	return true;
}

/* The header without spaces around its members, or NULL when any member is not valid: a vendor
 * must not trust half of it. */
static struct ctel_bag *read_tracestate(const char *header)
{
	struct slice keys[MAX_TRACESTATE], member;
	unsigned nr = 0;
	struct text out = {0};
	struct ctel_bag *bag = NULL;
	if (!header || strlen(header) > MAX_TRACESTATE_BYTES)
		return NULL;
	while (next_member(&header, &member)) {
		if (member.n == 0)
			continue;
		const char *equals = memchr(member.s, '=', member.n);
		if (!equals || nr == MAX_TRACESTATE)
			goto out;
		struct slice key = {member.s, (size_t)(equals - member.s)};
		if (!is_state_key(key) ||
			!is_state_value((struct slice){equals + 1, member.n - key.n - 1}))
			goto out;
		for (unsigned i = 0; i < nr; i++)
			if (keys[i].n == key.n && !memcmp(keys[i].s, key.s, key.n))
				goto out;
		keys[nr++] = key;
		if (out.n)
			text_puts(&out, ",");
		text_add(&out, member.s, member.n);
	}
	if (nr && !out.is_broken)
		bag = bag_new(&(struct bag_entry){"", out.s, ""}, 1);
out:
	text_free(&out);
	return bag;
}

/* ---- baggage ------------------------------------------------------------------------------- */

static bool is_token(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		char c = s[i];
		bool is_alnum =
			(c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
		if (!is_alnum && (!c || !strchr("!#$%&'*+-.^_`|~", c)))
			return false;
	}
	return n > 0;
}

/* baggage-octet of the grammar: what may stand unescaped in a value. */
static bool is_baggage_octet(char c)
{
	return c > 0x20 && c < 0x7f && c != '"' && c != ',' && c != ';' && c != '\\';
}

/* Any digit case here: RFC 3986 2.1. */
static int any_hex_digit(char c)
{
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : hex_digit(c);
}

/* Appends the value, percent-decoded, with a NUL. */
static bool decode_value(struct slice value, struct text *out)
{
	for (size_t i = 0; i < value.n; i++) {
		char c = value.s[i];
		if (!is_baggage_octet(c))
			return false;
		if (c == '%') {
			int high = i + 2 < value.n ? any_hex_digit(value.s[i + 1]) : -1;
			int low = high < 0 ? -1 : any_hex_digit(value.s[i + 2]);
			if (low < 0 || (high | low) == 0)
				return false;
			c = (char)(high << 4 | low);
			i += 2;
		}
		text_add(out, &c, 1);
	}
	text_add(out, "", 1);
	return true;
}

/* An entry's three strings, each with its NUL, into `out`. */
static bool read_entry(struct slice member, struct text *out)
{
	const char *semicolon = memchr(member.s, ';', member.n);
	size_t n = semicolon ? (size_t)(semicolon - member.s) : member.n;
	const char *equals = memchr(member.s, '=', n);
	if (!equals)
		return false;
	struct slice key = trim(member.s, (size_t)(equals - member.s));
	struct slice value = trim(equals + 1, n - (size_t)(equals + 1 - member.s));
	if (!is_token(key.s, key.n))
		return false;
	text_add(out, key.s, key.n);
	text_add(out, "", 1);
	if (!decode_value(value, out))
		return false;
	for (size_t i = n + 1; i < member.n; i++) {
		char c = member.s[i];
		if (c != ';' && !is_space(c) && !is_baggage_octet(c))
			return false;
	}
	if (semicolon) {
		struct slice properties = trim(semicolon + 1, member.n - n - 1);
		text_add(out, properties.s, properties.n);
	}
	text_add(out, "", 1);
	return true;
}

/* Replaces the entry of the same key or adds one. */
static unsigned put(struct bag_entry *entries, unsigned nr, struct bag_entry entry)
{
	for (unsigned i = 0; i < nr; i++)
		if (!strcmp(entries[i].key, entry.key)) {
			entries[i] = entry;
			return nr;
		}
	if (nr < MAX_ENTRIES)
		entries[nr++] = entry;
	return nr;
}

static struct ctel_bag *read_baggage(const char *header)
{
	struct bag_entry entries[MAX_ENTRIES];
	struct text strings[MAX_ENTRIES] = {0};
	unsigned nr = 0, nr_strings = 0;
	struct slice member;
	if (!header || strlen(header) > MAX_BAGGAGE)
		return NULL;
	while (nr_strings < MAX_ENTRIES && next_member(&header, &member)) {
		struct text *t = &strings[nr_strings];
		text_clear(t);
		if (!read_entry(member, t) || t->is_broken)
			continue; /* each entry stands for itself */
		nr_strings++;
		struct bag_entry e = {.key = t->s};
		e.value = e.key + strlen(e.key) + 1;
		e.properties = e.value + strlen(e.value) + 1;
		nr = put(entries, nr, e);
	}
	struct ctel_bag *bag = bag_new(entries, nr);
	for (unsigned i = 0; i < MAX_ENTRIES; i++)
		text_free(&strings[i]);
	return bag;
}

static void write_baggage(const struct ctel_bag *bag, struct text *out)
{
	for (unsigned i = 0; i < bag->nr; i++) {
		const struct bag_entry *e = &bag->entries[i];
		if (i)
			text_puts(out, ",");
		text_puts(out, e->key);
		text_puts(out, "=");
		for (const char *c = e->value; *c; c++) {
			if (is_baggage_octet(*c) && *c != '%')
				text_add(out, c, 1);
			else
				text_printf(out, "%%%02X", (unsigned)(unsigned char)*c);
		}
		if (*e->properties) {
			text_puts(out, ";");
			text_puts(out, e->properties);
		}
	}
}

static struct ctel_bag *fitting(const struct bag_entry *entries, unsigned nr)
{
	struct ctel_bag *bag = bag_new(entries, nr);
	struct text header = {0};
	if (!bag)
		return NULL;
	write_baggage(bag, &header);
	if (header.is_broken || header.n > MAX_BAGGAGE) {
		bag_drop(bag);
		bag = NULL;
	}
	text_free(&header);
	return bag;
}

ctel_ctx ctel_baggage_set(ctel_ctx ctx, const char *key, const char *value)
{
	struct bag_entry entries[MAX_ENTRIES];
	unsigned nr = 0;
	ctel_ctx out = ctel_ctx_copy(ctx);
	if (!key || !is_token(key, strlen(key)))
		return out;
	for (unsigned i = 0; ctx.baggage && i < ctx.baggage->nr; i++)
		if (value || strcmp(ctx.baggage->entries[i].key, key) != 0)
			entries[nr++] = ctx.baggage->entries[i];
	if (value)
		nr = put(entries, nr, (struct bag_entry){key, value, ""});
	struct ctel_bag *bag = fitting(entries, nr);
	if (bag || nr == 0) {
		bag_drop(out.baggage);
		out.baggage = bag;
	}
	return out;
}

const char *ctel_baggage_get(ctel_ctx ctx, const char *key)
{
	for (unsigned i = 0; key && ctx.baggage && i < ctx.baggage->nr; i++)
		if (!strcmp(ctx.baggage->entries[i].key, key))
			return ctx.baggage->entries[i].value;
	return NULL;
}

/* ---- Both ways ----------------------------------------------------------------------------- */

void ctel_inject(ctel_ctx ctx, ctel_setter set, void *carrier)
{
	struct text t = {0};
	if (ctx_has_trace(&ctx)) {
		text_puts(&t, "00-");
		text_hex(&t, ctx.trace_id, sizeof(ctx.trace_id));
		text_puts(&t, "-");
		text_hex(&t, ctx.span_id, sizeof(ctx.span_id));
		/* Of the flags, a sender passes on those it knows (3.2.2.5). */
		const unsigned char flags = ctx.flags & 3;
		text_puts(&t, "-");
		text_hex(&t, &flags, 1);
		if (!t.is_broken)
			set(carrier, "traceparent", t.s);
		if (ctx.tracestate)
			set(carrier, "tracestate", ctx.tracestate->entries[0].value);
	}
	if (ctx.baggage) {
		text_clear(&t);
		write_baggage(ctx.baggage, &t);
		if (!t.is_broken)
			set(carrier, "baggage", t.s);
	}
	text_free(&t);
}

ctel_ctx ctel_extract(ctel_getter get, void *carrier)
{
	ctel_ctx ctx = {0};
	if (read_traceparent(get(carrier, "traceparent"), &ctx))
		ctx.tracestate = read_tracestate(get(carrier, "tracestate"));
	ctx.baggage = read_baggage(get(carrier, "baggage"));
	return ctx;
}
