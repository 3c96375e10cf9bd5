/* SPDX-License-Identifier: Apache-2.0 */
/* AWS X-Ray's header: Root=1-{8 digits: second}-{24 digits};Parent={16 digits};Sampled=0|1, in any
 * order, with other pairs that do not concern us (AWS X-Ray developer guide, "Tracing header"). */
#include <stdio.h>

#include "sdk.h"

static bool read_root(struct slice v, unsigned char *trace_id)
{
	char digits[33];
	if (v.n != 35 || v.s[0] != '1' || v.s[1] != '-' || v.s[10] != '-')
		return false;
	memcpy(digits, v.s + 2, 8);
	memcpy(digits + 8, v.s + 11, 24);
	return hex_read(digits, trace_id, 16) && !id_is_zero(trace_id, 16);
}

/* The next key=value between semicolons. */
static bool next_pair(const char **rest, struct slice *key, struct slice *value)
{
	if (!**rest)
		return false;
	size_t n = strcspn(*rest, ";");
	struct slice pair = slice_trim(*rest, n);
	const char *equals = memchr(pair.s, '=', pair.n);
	*key = (struct slice){pair.s, equals ? (size_t)(equals - pair.s) : pair.n};
	*value = equals ? (struct slice){equals + 1, pair.n - key->n - 1}
			: (struct slice){pair.s + pair.n, 0};
	*rest += (*rest)[n] ? n + 1 : n;
	return true;
}

static bool is_key(struct slice key, const char *name)
{
	return key.n == strlen(name) && !memcmp(key.s, name, key.n);
}

static void extract(ctel_ctx *ctx, ctel_getter get, void *carrier)
{
	const char *rest = get(carrier, "x-amzn-trace-id");
	ctel_ctx trace = {.is_remote = true};
	struct slice key, value;
	bool has_root = false, has_parent = false;
	while (rest && next_pair(&rest, &key, &value)) {
		if (is_key(key, "Root"))
			has_root = read_root(value, trace.trace_id);
		else if (is_key(key, "Parent"))
			has_parent = value.n == 16 && hex_read(value.s, trace.span_id, 8);
		else if (is_key(key, "Sampled"))
			trace.flags = value.n == 1 && *value.s == '1' ? FLAG_SAMPLED : 0;
	}
	if (has_root && has_parent && !id_is_zero(trace.span_id, 8))
		context_set_trace(ctx, &trace);
}

static void inject(const ctel_ctx *ctx, ctel_setter set, void *carrier)
{
	char trace[33], span[17], header[80];
	if (!ctx_has_trace(ctx))
		return;
	ctel_ctx_trace_id(ctx, trace);
	ctel_ctx_span_id(ctx, span);
	snprintf(header, sizeof(header), "Root=1-%.8s-%s;Parent=%s;Sampled=%d", trace, trace + 8,
		span, ctx->flags & FLAG_SAMPLED);
	set(carrier, "x-amzn-trace-id", header);
}

static const char *const fields[] = {"x-amzn-trace-id", NULL};

const struct propagator propagate_xray = {
	.name = "xray", .inject = inject, .extract = extract, .fields = fields};
