/* SPDX-License-Identifier: Apache-2.0 */
/* Growing strings, and JSON strings that are valid whatever the program puts into them. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base.h"

static bool grow(struct text *t, size_t more)
{
	if (t->is_broken)
		return false;
	if (t->cap - t->n > more)
		return true;
	size_t cap = t->cap ? t->cap : 256;
	while (cap - t->n <= more) {
		if (cap > SIZE_MAX / 2)
			goto broken;
		cap *= 2;
	}
	char *s = realloc(t->s, cap);
	if (!s)
		goto broken;
	t->s = s;
	t->cap = cap;
	return true;
broken:
	t->is_broken = true;
	return false;
}

void text_add(struct text *t, const char *bytes, size_t n)
{
	if (!grow(t, n))
		return;
	memcpy(t->s + t->n, bytes, n);
	t->n += n;
	t->s[t->n] = '\0';
}

void text_puts(struct text *t, const char *s)
{
	text_add(t, s, strlen(s));
}

void text_printf(struct text *t, const char *format, ...)
{
	char small[128];
	va_list args;
	va_start(args, format);
	int n = vsnprintf(small, sizeof(small), format, args);
	va_end(args);
	if (n < 0 || (size_t)n >= sizeof(small))
		t->is_broken = true; /* only numbers are printed this way */
	else
		text_add(t, small, (size_t)n);
}

/* Overlong forms, surrogates and what is beyond U+10FFFF do not count (Unicode 15, table 3-7). */
size_t utf8_length(const unsigned char *s, size_t left)
{
	if (s[0] < 0x80)
		return 1;
	if (s[0] < 0xc2 || s[0] > 0xf4)
		return 0;
	size_t n = s[0] < 0xe0 ? 2 : s[0] < 0xf0 ? 3 : 4;
	unsigned char low = s[0] == 0xe0 ? 0xa0 : s[0] == 0xf0 ? 0x90 : 0x80;
	unsigned char high = s[0] == 0xed ? 0x9f : s[0] == 0xf4 ? 0x8f : 0xbf;
	if (left < n || s[1] < low || s[1] > high)
		return 0;
	for (size_t i = 2; i < n; i++)
		if (s[i] < 0x80 || s[i] > 0xbf)
			return 0;
	return n;
}

size_t utf8_prefix(const char *s, size_t n, size_t max_characters)
{
	size_t at = 0, characters = 0;
	if (n <= max_characters && is_ascii(s, n))
		return n;
	while (at < n && characters < max_characters) {
		size_t length = utf8_length((const unsigned char *)s + at, n - at);
		if (length == 0)
			break;
		at += length;
		characters++;
	}
	return at;
}

size_t utf8_repair(char *to, const char *s, size_t n, size_t max_characters)
{
	size_t at = 0, out = 0;
	for (size_t characters = 0; at < n && characters < max_characters; characters++) {
		size_t length = utf8_length((const unsigned char *)s + at, n - at);
		memcpy(to + out, length ? s + at : "\xef\xbf\xbd", length ? length : 3);
		out += length ? length : 3;
		at += length ? length : 1;
	}
	return out;
}

void text_json(struct text *t, const char *string, size_t left)
{
	const unsigned char *s = (const unsigned char *)string;
	text_puts(t, "\"");
	while (left) {
		size_t plain = 0;
		while (plain < left && s[plain] >= 0x20 && s[plain] < 0x7f && s[plain] != '"' &&
			s[plain] != '\\')
			plain++;
		text_add(t, (const char *)s, plain);
		s += plain;
		left -= plain;
		if (!left)
			break;
		size_t n = utf8_length(s, left);
		if (n == 0) {
			text_puts(t, "\xef\xbf\xbd");
			n = 1;
		} else if (*s == '"' || *s == '\\') {
			const char escaped[2] = {'\\', (char)*s};
			text_add(t, escaped, 2);
		} else if (*s < 0x20) {
			text_printf(t, "\\u%04x", (unsigned)*s);
		} else {
			text_add(t, (const char *)s, n);
		}
		s += n;
		left -= n;
	}
	text_puts(t, "\"");
}

void text_hex(struct text *t, const unsigned char *bytes, size_t n)
{
	static const char digits[] = "0123456789abcdef";
	for (size_t i = 0; i < n; i++) {
		const char pair[2] = {digits[bytes[i] >> 4], digits[bytes[i] & 15]};
		text_add(t, pair, 2);
	}
}

void text_clear(struct text *t)
{
	t->n = 0;
	t->is_broken = false;
	if (t->s)
		t->s[0] = '\0';
}

void text_free(struct text *t)
{
	free(t->s);
	*t = (struct text){0};
}
