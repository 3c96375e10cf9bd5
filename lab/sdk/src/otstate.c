/* SPDX-License-Identifier: Apache-2.0 */
/* The member "ot" of the tracestate, with its th and rv: how sampling decisions stay consistent
 * between services (OpenTelemetry specification, "TraceState Handling"; OTEP 235). */
#include <math.h>
#include <stdio.h>

#include "sdk.h"

#define DIGITS 14 /* 56 bits */

/* Up to 14 lower-case digits, as if zeros came behind. */
static uint64_t read_digits(struct slice v, bool is_exact)
{
	uint64_t x = 0;
	if (v.n < 1 || v.n > DIGITS || (is_exact && v.n != DIGITS))
		return THRESHOLD_NONE;
	for (size_t i = 0; i < DIGITS; i++) {
		char c = i < v.n ? v.s[i] : '0';
		unsigned digit = c >= '0' && c <= '9'   ? (unsigned)(c - '0')
				 : c >= 'a' && c <= 'f' ? (unsigned)(c - 'a') + 10
							: 16;
		if (digit == 16)
			return THRESHOLD_NONE;
		x = x << 4 | digit;
	}
	return x;
}

/* The value of "ot"; n is 0 when there is none. */
static struct slice find_ot(const struct ctel_bag *tracestate)
{
	const char *rest = tracestate ? tracestate->entries[0].value : NULL;
	struct slice member;
	while (slice_next(&rest, &member))
		if (member.n > 3 && !memcmp(member.s, "ot=", 3))
			return (struct slice){member.s + 3, member.n - 3};
	return (struct slice){"", 0};
}

/* The next key:value between semicolons, both in `out`. */
static bool next_pair(struct slice *rest, struct slice *out)
{
	if (!rest->n)
		return false;
	const char *end = memchr(rest->s, ';', rest->n);
	size_t n = end ? (size_t)(end - rest->s) : rest->n;
	*out = (struct slice){rest->s, n};
	rest->s += end ? n + 1 : n;
	rest->n -= end ? n + 1 : n;
	return true;
}

void otstate_read(const struct ctel_bag *tracestate, struct otstate *out)
{
	struct slice rest = find_ot(tracestate), pair;
	*out = (struct otstate){THRESHOLD_NONE, THRESHOLD_NONE};
	while (next_pair(&rest, &pair)) {
		struct slice value = {pair.s + 3, pair.n > 3 ? pair.n - 3 : 0};
		if (pair.n > 3 && !memcmp(pair.s, "th:", 3))
			out->th = read_digits(value, false);
		else if (pair.n > 3 && !memcmp(pair.s, "rv:", 3))
			out->rv = read_digits(value, true);
	}
}

struct ctel_bag *otstate_with_th(struct ctel_bag *tracestate, uint64_t th)
{
	char value[257] = "";
	size_t n = 0;
	struct slice old = find_ot(tracestate), rest = old, pair;
	if (th == THRESHOLD_NONE && !old.n)
		return bag_keep(tracestate);
	if (th != THRESHOLD_NONE) {
		n = (size_t)snprintf(value, sizeof(value), "th:%014llx", (unsigned long long)th);
		while (n > 4 && value[n - 1] == '0')
			value[--n] = '\0';
	}
	while (next_pair(&rest, &pair)) {
		if (pair.n >= 3 && !memcmp(pair.s, "th:", 3))
			continue;
		if (n + pair.n + 1 >= sizeof(value)) /* 256 characters are the limit */
			return bag_keep(tracestate);
		if (n)
			value[n++] = ';';
		memcpy(value + n, pair.s, pair.n);
		n += pair.n;
		value[n] = '\0';
	}
	return tracestate_with(tracestate, "ot", n ? value : NULL);
}

uint64_t otstate_randomness(const struct otstate *ot, const unsigned char *trace_id)
{
	uint64_t r = 0;
	if (ot->rv != THRESHOLD_NONE)
		return ot->rv;
	for (int i = 9; i < 16; i++)
		r = r << 8 | trace_id[i];
	return r;
}

/* Four hex digits that say something: the f before them, for small ratios, are not counted
 * ("Converting floating-point probability to threshold value"). */
uint64_t threshold_of(double ratio)
{
	int exponent; /* ratio = x * 2^exponent, x in [0.5, 1) */
	if (!(ratio > 0))
		return THRESHOLD_MAX;
	if (ratio >= 1)
		return 0;
	frexp(ratio, &exponent);
	int digits = 4 + -exponent / 4;
	if (digits > 12)
		digits = 12;
	uint64_t threshold = THRESHOLD_MAX - (uint64_t)llround(ratio * (double)THRESHOLD_MAX);
	unsigned shift = 4 * (unsigned)(DIGITS - digits);
	threshold = (threshold + (UINT64_C(1) << (shift - 1))) >> shift << shift;
	return threshold < THRESHOLD_MAX ? threshold : THRESHOLD_MAX - 1;
}
