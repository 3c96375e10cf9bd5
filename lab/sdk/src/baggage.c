/* SPDX-License-Identifier: Apache-2.0 */
/* W3C Baggage: its header, and what programs do with it. */
#include "sdk.h"

#define MAX_ENTRIES 64   /* W3C Baggage 3.3.2 */
#define MAX_BAGGAGE 8192 /* bytes of the header, same place */

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
	return c >= 'A' && c <= 'F'     ? c - 'A' + 10
	       : (c >= '0' && c <= '9') ? c - '0'
	       : c >= 'a' && c <= 'f'   ? c - 'a' + 10
					: -1;
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
	struct slice key = slice_trim(member.s, (size_t)(equals - member.s));
	struct slice value = slice_trim(equals + 1, n - (size_t)(equals + 1 - member.s));
	if (!is_token(key.s, key.n))
		return false;
	text_add(out, key.s, key.n);
	text_add(out, "", 1);
	if (!decode_value(value, out))
		return false;
	for (size_t i = n + 1; i < member.n; i++) {
		char c = member.s[i];
		if (c != ';' && !(c == ' ' || c == '\t') && !is_baggage_octet(c))
			return false;
	}
	if (semicolon) {
		struct slice properties = slice_trim(semicolon + 1, member.n - n - 1);
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
	while (nr_strings < MAX_ENTRIES && slice_next(&header, &member)) {
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

static bool are_properties(const char *s)
{
	for (; *s; s++)
		if (*s != ';' && *s != ' ' && *s != '\t' && !is_baggage_octet(*s))
			return false;
	return true;
}

ctel_ctx ctel_baggage_set_metadata(
	ctel_ctx ctx, const char *key, const char *value, const char *metadata)
{
	struct bag_entry entries[MAX_ENTRIES];
	unsigned nr = 0;
	ctel_ctx out = ctel_ctx_copy(ctx);
	if (!metadata)
		metadata = "";
	if (!key || !is_token(key, strlen(key)) || !are_properties(metadata))
		return out;
	for (unsigned i = 0; ctx.baggage && i < ctx.baggage->nr; i++)
		if (value || strcmp(ctx.baggage->entries[i].key, key) != 0)
			entries[nr++] = ctx.baggage->entries[i];
	if (value)
		nr = put(entries, nr, (struct bag_entry){key, value, metadata});
	struct ctel_bag *bag = fitting(entries, nr);
	if (bag || nr == 0) {
		bag_drop(out.baggage);
		out.baggage = bag;
	}
	return out;
}

ctel_ctx ctel_baggage_set(ctel_ctx ctx, const char *key, const char *value)
{
	return ctel_baggage_set_metadata(ctx, key, value, NULL);
}

const char *ctel_baggage_get(ctel_ctx ctx, const char *key)
{
	for (unsigned i = 0; key && ctx.baggage && i < ctx.baggage->nr; i++)
		if (!strcmp(ctx.baggage->entries[i].key, key))
			return ctx.baggage->entries[i].value;
	return NULL;
}

void ctel_baggage_each(ctel_ctx ctx, ctel_baggage_fn each, void *user)
{
	for (unsigned i = 0; ctx.baggage && i < ctx.baggage->nr; i++) {
		const struct bag_entry *e = &ctx.baggage->entries[i];
		if (!each(user, e->key, e->value, e->properties))
			return;
	}
}

ctel_ctx ctel_baggage_clear(ctel_ctx ctx)
{
	ctel_ctx out = ctel_ctx_copy(ctx);
	bag_drop(out.baggage);
	out.baggage = NULL;
	return out;
}

/* ---- As a propagator ----------------------------------------------------------------------- */

static void inject(const ctel_ctx *ctx, ctel_setter set, void *carrier)
{
	struct text t = {0};
	if (!ctx->baggage)
		return;
	write_baggage(ctx->baggage, &t);
	if (!t.is_broken)
		set(carrier, "baggage", t.s);
	text_free(&t);
}

static void extract(ctel_ctx *ctx, ctel_getter get, void *carrier)
{
	struct ctel_bag *bag = read_baggage(get(carrier, "baggage"));
	if (!bag)
		return;
	bag_drop(ctx->baggage);
	ctx->baggage = bag;
}

static const char *const fields[] = {"baggage", NULL};

const struct propagator propagate_baggage = {
	.name = "baggage", .inject = inject, .extract = extract, .fields = fields};
