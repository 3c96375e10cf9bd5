/* UTF-8 without a locale: decoding, width on a terminal, columns, and text made safe to show. */
#ifndef OTEL_TIDY_REPORT_UTF8_H
#define OTEL_TIDY_REPORT_UTF8_H

#include "base/str.h"

#include <stdint.h>

#define UTF8_REPLACEMENT 0xfffdu

/* Decodes one character of the n > 0 bytes at `s`; the bytes it takes. What is not UTF-8 (wrong,
 * overlong, surrogate, cut off) takes one byte and gives UTF8_REPLACEMENT. */
size_t utf8_decode(const char *s, size_t n, uint32_t *code_point);

/* Terminal cells: 0 for combining marks, 2 for wide East Asian characters and emoji, else 1. */
unsigned utf8_cells(uint32_t code_point);
/* Cells of a whole text, as utf8_add_safe writes it. */
size_t utf8_width(const char *s, size_t n);

/* Control characters, and those that reorder what is shown (the "Trojan Source" characters). */
bool utf8_is_unsafe(uint32_t code_point);

/* UTF-16 code units in the first n bytes of s. */
size_t utf8_utf16_units(const char *s, size_t n);

/* Appends the text so that no terminal is moved or deceived by it: control characters, invalid
 * bytes and characters that reorder text become a replacement character, tabs and newlines one
 * blank. Each takes as many cells as utf8_width counts. */
void utf8_add_safe(struct strbuf *out, const char *s, size_t n, bool is_unicode);

#endif
