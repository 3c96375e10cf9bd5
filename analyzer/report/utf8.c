/* UTF-8: decoding, widths, safe text. The locale has no say in it, so output is the same
 * everywhere. */
#include "report/utf8.h"

static bool is_continuation(const char *s, size_t n, size_t i)
{
	return i < n && ((unsigned char)s[i] & 0xc0) == 0x80;
}

size_t utf8_decode(const char *s, size_t n, uint32_t *code_point)
{
	unsigned char c = (unsigned char)s[0];
	size_t size = c < 0x80 ? 1 : c >= 0xc2 && c < 0xe0 ? 2 : c >= 0xe0 && c < 0xf0 ? 3 : 4;
	static const unsigned char head[] = {0, 0x7f, 0x1f, 0x0f, 0x07};
	static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
	uint32_t value = c & head[size];
	*code_point = UTF8_REPLACEMENT;
	if ((c >= 0x80 && c < 0xc2) || c > 0xf4)
		return 1;
	for (size_t i = 1; i < size; i++) {
		if (!is_continuation(s, n, i))
			return 1;
		value = value << 6 | ((unsigned char)s[i] & 0x3f);
	}
	if (value < least[size] || value > 0x10ffff || (value >= 0xd800 && value < 0xe000))
		return 1;
	*code_point = value;
	return size;
}

struct range {
	uint32_t first, last;
};

static bool in_ranges(const struct range *ranges, size_t nr, uint32_t c)
{
	for (size_t i = 0; i < nr && c >= ranges[i].first; i++) {
		if (c <= ranges[i].last)
			return true;
	}
	return false;
}

/* Blocks of combining marks, joiners and variation selectors; Unicode 15, the common ones. */
static const struct range zero[] = {{0x300, 0x36f}, {0x483, 0x489}, {0x591, 0x5bd}, {0x610, 0x61a},
	{0x64b, 0x65f}, {0x6d6, 0x6dc}, {0x93c, 0x93c}, {0x94d, 0x94d}, {0xe31, 0xe31},
	{0xe34, 0xe3a}, {0xe47, 0xe4e}, {0x1ab0, 0x1aff}, {0x1dc0, 0x1dff}, {0x200b, 0x200d},
	{0x2060, 0x2060}, {0x20d0, 0x20ff}, {0x302a, 0x302d}, {0x3099, 0x309a}, {0xfe00, 0xfe0f},
	{0xfe20, 0xfe2f}, {0xfeff, 0xfeff}, {0x1f3fb, 0x1f3ff}, {0xe0100, 0xe01ef}};

/* East Asian wide and fullwidth blocks, and emoji shown wide by default. */
static const struct range wide[] = {{0x1100, 0x115f}, {0x231a, 0x231b}, {0x23e9, 0x23ec},
	{0x25fd, 0x25fe}, {0x2614, 0x2615}, {0x26a1, 0x26a1}, {0x2705, 0x2705}, {0x270a, 0x270b},
	{0x2728, 0x2728}, {0x274c, 0x274c}, {0x2757, 0x2757}, {0x2e80, 0x303e}, {0x3041, 0x33ff},
	{0x3400, 0x4dbf}, {0x4e00, 0x9fff}, {0xa000, 0xa4cf}, {0xa960, 0xa97f}, {0xac00, 0xd7a3},
	{0xf900, 0xfaff}, {0xfe30, 0xfe6f}, {0xff00, 0xff60}, {0xffe0, 0xffe6}, {0x16fe0, 0x18aff},
	{0x1b000, 0x1b2ff}, {0x1f300, 0x1f64f}, {0x1f680, 0x1f6ff}, {0x1f900, 0x1f9ff},
	{0x1fa70, 0x1faff}, {0x20000, 0x3fffd}};

unsigned utf8_cells(uint32_t code_point)
{
	if (code_point < 0x300)
		return 1;
	if (in_ranges(zero, sizeof(zero) / sizeof(zero[0]), code_point))
		return 0;
	return in_ranges(wide, sizeof(wide) / sizeof(wide[0]), code_point) ? 2 : 1;
}

bool utf8_is_unsafe(uint32_t c)
{
	return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x200e || c == 0x200f || c == 0x61c ||
	       (c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

size_t utf8_width(const char *s, size_t n)
{
	size_t cells = 0;
	for (size_t i = 0; i < n;) {
		uint32_t c;
		i += utf8_decode(s + i, n - i, &c);
		cells += utf8_is_unsafe(c) ? 1 : utf8_cells(c);
	}
	return cells;
}

size_t utf8_utf16_units(const char *s, size_t n)
{
	size_t units = 0;
	for (size_t i = 0; i < n;) {
		uint32_t c;
		i += utf8_decode(s + i, n - i, &c);
		units += c > 0xffff ? 2 : 1;
	}
	return units;
}

void utf8_add_safe(struct strbuf *out, const char *s, size_t n, bool is_unicode)
{
	for (size_t i = 0; i < n;) {
		uint32_t c;
		size_t size = utf8_decode(s + i, n - i, &c);
		if (c == '\t' || c == '\n' || c == '\r')
			strbuf_addc(out, ' ');
		else if (utf8_is_unsafe(c) || (c == UTF8_REPLACEMENT && size == 1))
			strbuf_add(out, is_unicode ? "\xef\xbf\xbd" : "?");
		else
			strbuf_addn(out, s + i, size);
		i += size;
	}
}
