/* SPDX-License-Identifier: Apache-2.0 */
/* W3C Trace Context, level 2: traceparent and tracestate. What comes from outside is checked to the
 * letter; what is not valid counts as absent. */
#include "sdk.h"

#define MAX_TRACESTATE       32 /* members, W3C Trace Context 3.3.1.1 */
#define MAX_TRACESTATE_BYTES (MAX_TRACESTATE * 514)

static bool read_traceparent(const char *header, ctel_ctx *out)
{
	unsigned char version;
	ctel_ctx ctx = {.is_remote = true};
	struct slice trimmed = slice_trim(header ? header : "", header ? strlen(header) : 0);
	const char *s = trimmed.s;
	size_t n = trimmed.n;
	if (n < 55 || s[2] != '-' || s[35] != '-' || s[52] != '-' || !hex_read(s, &version, 1))
		return false;
	/* A later version may say more, after another dash. */
	if (version == 0xff || (version == 0 && n != 55) || (n > 55 && s[55] != '-'))
		return false;
	if (!hex_read(s + 3, ctx.trace_id, 16) || !hex_read(s + 36, ctx.span_id, 8) ||
		!hex_read(s + 53, &ctx.flags, 1))
		return false;
	if (id_is_zero(ctx.trace_id, 16) || id_is_zero(ctx.span_id, 8))
		return false;
	*out = ctx;
	return true;
}

/* ---- tracestate ---------------------------------------------------------------------------- */

static bool is_lower_or_digit(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/* Level 2, 3.3.1.3.1: since then "@" is a letter like others. */
static bool is_state_key(struct slice key)
{
	if (key.n < 1 || key.n > 256 || !is_lower_or_digit(key.s[0]))
		return false;
	for (size_t i = 1; i < key.n; i++)
		if (!is_lower_or_digit(key.s[i]) && !memchr("_-*/@", key.s[i], 5))
			return false;
	return true;
}

static bool is_state_value(struct slice value)
{
	if (value.n < 1 || value.n > 256)
		return false;
	for (size_t i = 0; i < value.n; i++)
		if (value.s[i] < 0x20 || value.s[i] > 0x7e || value.s[i] == '=' ||
			value.s[i] == ',')
			return false;
	return true;
}

static bool has_key(const struct slice *keys, unsigned nr, struct slice key)
{
	for (unsigned i = 0; i < nr; i++)
		if (keys[i].n == key.n && !memcmp(keys[i].s, key.s, key.n))
			return true;
	return false;
}

/* The header without spaces around its members, or NULL when any member is not valid: a vendor
 * must not trust half of it. Of two members with one key the first is kept. */
struct ctel_bag *tracestate_read(const char *header)
{
	struct slice keys[MAX_TRACESTATE], member;
	unsigned nr = 0;
	struct text out = {0};
	struct ctel_bag *bag = NULL;
	if (!header || strlen(header) > MAX_TRACESTATE_BYTES)
		return NULL;
	while (slice_next(&header, &member)) {
		if (member.n == 0)
			continue;
		const char *equals = memchr(member.s, '=', member.n);
		if (!equals || nr == MAX_TRACESTATE)
			goto out;
		struct slice key = {member.s, (size_t)(equals - member.s)};
		if (!is_state_key(key) ||
			!is_state_value((struct slice){equals + 1, member.n - key.n - 1}))
			goto out;
		if (has_key(keys, nr, key))
			continue;
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

/* ---- As a propagator ----------------------------------------------------------------------- */

static void inject(const ctel_ctx *ctx, ctel_setter set, void *carrier)
{
	char header[56] = "00-";
	/* Of the flags, a sender passes on those it knows (3.2.2.5). */
	const unsigned char flags = ctx->flags & (FLAG_SAMPLED | FLAG_RANDOM);
	if (!ctx_has_trace(ctx))
		return;
	ctel_ctx_trace_id(ctx, header + 3);
	header[35] = '-';
	ctel_ctx_span_id(ctx, header + 36);
	header[52] = '-';
	header[53] = '0';
	header[54] = (char)('0' + flags);
	header[55] = '\0';
	set(carrier, "traceparent", header);
	if (ctx->tracestate)
		set(carrier, "tracestate", ctx->tracestate->entries[0].value);
}

static void extract(ctel_ctx *ctx, ctel_getter get, void *carrier)
{
	ctel_ctx trace;
	if (!read_traceparent(get(carrier, "traceparent"), &trace))
		return;
	trace.tracestate = tracestate_read(get(carrier, "tracestate"));
	context_set_trace(ctx, &trace);
}

static const char *const fields[] = {"traceparent", "tracestate", NULL};

const struct propagator propagate_tracecontext = {
	.name = "tracecontext", .inject = inject, .extract = extract, .fields = fields};

/* ---- For programs -------------------------------------------------------------------------- */

const char *ctel_tracestate_header(const ctel_ctx *ctx)
{
	return ctx->tracestate ? ctx->tracestate->entries[0].value : "";
}

int ctel_tracestate_get(const ctel_ctx *ctx, const char *key, char *out, size_t size)
{
	const char *rest = ctel_tracestate_header(ctx);
	size_t n = strlen(key);
	struct slice member;
	while (slice_next(&rest, &member)) {
		if (member.n <= n || member.s[n] != '=' || memcmp(member.s, key, n) != 0)
			continue;
		size_t length = member.n - n - 1;
		if (size) {
			size_t fits = length < size ? length : size - 1;
			memcpy(out, member.s + n + 1, fits);
			out[fits] = '\0';
		}
		return (int)length;
	}
	return -1;
}

struct ctel_bag *tracestate_with(struct ctel_bag *old, const char *key, const char *value)
{
	struct text out = {0};
	struct slice member;
	size_t n = strlen(key), nr = 0;
	const char *rest = old ? old->entries[0].value : NULL;
	if (value) {
		text_puts(&out, key);
		text_puts(&out, "=");
		text_puts(&out, value);
		nr++;
	}
	/* The oldest member goes when there is no room (3.3.1.1). */
	while (slice_next(&rest, &member) && nr < MAX_TRACESTATE) {
		if (member.n > n && member.s[n] == '=' && !memcmp(member.s, key, n))
			continue;
		if (nr++)
			text_puts(&out, ",");
		text_add(&out, member.s, member.n);
	}
	struct ctel_bag *bag = NULL;
	if (nr && !out.is_broken)
		bag = bag_new(&(struct bag_entry){"", out.s, ""}, 1);
	bool is_lost = nr && !bag;
	text_free(&out);
	return is_lost ? bag_keep(old) : bag;
}

ctel_ctx ctel_tracestate_set(ctel_ctx ctx, const char *key, const char *value)
{
	ctel_ctx out = ctel_ctx_copy(ctx);
	if (!key || !is_state_key((struct slice){key, strlen(key)}) ||
		(value && !is_state_value((struct slice){value, strlen(value)})))
		return out;
	bag_drop(out.tracestate);
	out.tracestate = tracestate_with(ctx.tracestate, key, value);
	return out;
}
