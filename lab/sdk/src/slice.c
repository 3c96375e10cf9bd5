/* SPDX-License-Identifier: Apache-2.0 */
/* What headers are made of: hex digits, and members of comma-separated lists. */
#include "sdk.h"

static int hex_digit(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Lower case only, as the header demands. */
bool hex_read(const char *s, unsigned char *out, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		int high = hex_digit(s[2 * i]), low = high < 0 ? -1 : hex_digit(s[2 * i + 1]);
		if (low < 0)
			return false;
		out[i] = (unsigned char)(high << 4 | low);
	}
	return true;
}

static bool is_space(char c)
{
	return c == ' ' || c == '\t';
}

struct slice slice_trim(const char *s, size_t n)
{
	while (n && is_space(s[0]))
		s++, n--;
	while (n && is_space(s[n - 1]))
		n--;
	return (struct slice){s, n};
}

/* The next member, trimmed, possibly empty; false at the end. */
bool slice_next(const char **rest, struct slice *out)
{
	if (!*rest)
		return false;
	size_t n = strcspn(*rest, ",");
	*out = slice_trim(*rest, n);
	*rest = (*rest)[n] ? *rest + n + 1 : NULL;
	return true;
}
