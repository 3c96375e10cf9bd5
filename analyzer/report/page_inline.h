/* Inline markup to wrapped lines; private to page*.c. */
#ifndef OTEL_TIDY_REPORT_PAGE_INLINE_H
#define OTEL_TIDY_REPORT_PAGE_INLINE_H

#include "base/vec.h"
#include "report/pen.h"

struct page_line {
	const char *s; /* with escape sequences */
	size_t width;  /* cells */
};

struct page_lines {
	VEC(struct page_line) all;
};

/* The text's words in lines of at most `room` cells; `base` is the ink of plain words. Only the
 * pen's properties are used, nothing is written with it. */
void page_inline(struct pen *p, const char *text, size_t n, enum ink base, size_t room,
	struct page_lines *out);

#endif
