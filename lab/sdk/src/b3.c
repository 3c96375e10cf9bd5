/* SPDX-License-Identifier: Apache-2.0 */
/* B3, in one header or several (github.com/openzipkin/b3-propagation). Reading accepts both, the
 * one header first, whichever is configured: OpenTelemetry, "B3 Requirements". Debug counts as
 * sampled and is not passed on. */
#include <ctype.h>

#include "sdk.h"

static bool read_id(const char *s, size_t n, unsigned char *out, size_t size)
{
	char lower[32];
	if (n > sizeof(lower))
		return false;
	for (size_t i = 0; i < n; i++) /* upper case has been seen in the wild */
		lower[i] = (char)tolower((unsigned char)s[i]);
	memset(out, 0, size);
	return hex_read(lower, out + size - n / 2, n / 2);
}

/* Trace ids of 64 bits are the lower half. */
static bool read_ids(
	ctel_ctx *out, const char *trace, size_t trace_n, const char *span, size_t span_n)
{
	return (trace_n == 16 || trace_n == 32) && span_n == 16 &&
	       read_id(trace, trace_n, out->trace_id, 16) &&
	       read_id(span, span_n, out->span_id, 8) && !id_is_zero(out->trace_id, 16) &&
	       !id_is_zero(out->span_id, 8);
}

/* {trace}-{span}[-{state}[-{parent}]] */
static bool read_single(const char *header, ctel_ctx *out)
{
	size_t n = strcspn(header, "-");
	const char *span = header[n] ? header + n + 1 : "";
	size_t m = strcspn(span, "-");
	if (!read_ids(out, header, n, span, m))
		return false;
	const char *state = span[m] ? span + m + 1 : "";
	size_t k = strcspn(state, "-");
	if (k > 1 || (k == 1 && !strchr("01d", *state)))
		return false;
	out->flags = k == 1 && *state != '0' ? FLAG_SAMPLED : 0;
	return true;
}

/* The getter's result is not needed after the next call: each is copied. */
static size_t get_copy(ctel_getter get, void *carrier, const char *name, char out[40])
{
	const char *value = get(carrier, name);
	size_t n = value ? strlen(value) : 0;
	if (n >= 40)
		n = 0;
	if (n)
		memcpy(out, value, n);
	out[n] = '\0';
	return n;
}

static bool read_multi(ctel_getter get, void *carrier, ctel_ctx *out)
{
	char trace[40], span[40], sampled[40], flags[40];
	size_t n = get_copy(get, carrier, "x-b3-traceid", trace);
	size_t m = get_copy(get, carrier, "x-b3-spanid", span);
	get_copy(get, carrier, "x-b3-sampled", sampled);
	get_copy(get, carrier, "x-b3-flags", flags);
	if (!read_ids(out, trace, n, span, m))
		return false;
	bool is_sampled = !strcmp(sampled, "1") || !strcmp(sampled, "true") ||
			  !strcmp(sampled, "d") || !strcmp(flags, "1");
	out->flags = is_sampled ? FLAG_SAMPLED : 0;
	return true;
}

static void extract(ctel_ctx *ctx, ctel_getter get, void *carrier)
{
	ctel_ctx trace = {.is_remote = true};
	const char *single = get(carrier, "b3");
	if ((single && read_single(single, &trace)) || read_multi(get, carrier, &trace))
		context_set_trace(ctx, &trace);
}

static void inject_single(const ctel_ctx *ctx, ctel_setter set, void *carrier)
{
	char header[52];
	if (!ctx_has_trace(ctx))
		return;
	ctel_ctx_trace_id(ctx, header);
	header[32] = '-';
	ctel_ctx_span_id(ctx, header + 33);
	header[49] = '-';
	header[50] = ctx->flags & FLAG_SAMPLED ? '1' : '0';
	header[51] = '\0';
	set(carrier, "b3", header);
}

static void inject_multi(const ctel_ctx *ctx, ctel_setter set, void *carrier)
{
	char trace[33], span[17];
	if (!ctx_has_trace(ctx))
		return;
	ctel_ctx_trace_id(ctx, trace);
	ctel_ctx_span_id(ctx, span);
	set(carrier, "x-b3-traceid", trace);
	set(carrier, "x-b3-spanid", span);
	set(carrier, "x-b3-sampled", ctx->flags & FLAG_SAMPLED ? "1" : "0");
}

static const char *const single_fields[] = {"b3", NULL};
static const char *const multi_fields[] = {
	"x-b3-traceid", "x-b3-spanid", "x-b3-sampled", "x-b3-flags", NULL};

const struct propagator propagate_b3 = {
	.name = "b3", .inject = inject_single, .extract = extract, .fields = single_fields};
const struct propagator propagate_b3multi = {
	.name = "b3multi", .inject = inject_multi, .extract = extract, .fields = multi_fields};
