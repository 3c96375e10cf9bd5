/* A pen: text with ink, width and wrapping, for everything that people read on a terminal. */
#ifndef OTEL_TIDY_REPORT_PEN_H
#define OTEL_TIDY_REPORT_PEN_H

#include "base/str.h"

#define PEN_WIDTH 120

enum ink {
	INK_PLAIN,
	INK_BOLD,
	INK_DIM,
	INK_RED,
	INK_YELLOW,
	INK_CYAN,
	INK_BOLD_RED,
	INK_BOLD_YELLOW,
	INK_BOLD_CYAN,
};

struct pen {
	struct strbuf *out;
	unsigned width; /* columns; never 0 */
	bool color;
	bool is_unicode;
};

void pen_add(struct pen *p, enum ink ink, const char *text);
void pen_addn(struct pen *p, enum ink ink, const char *text, size_t n);
void pen_addf(struct pen *p, enum ink ink, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
void pen_blanks(struct pen *p, size_t n);
void pen_line_end(struct pen *p);

/* At most `cells` cells of the text, with an ellipsis where it was cut. */
void pen_clipped(struct pen *p, enum ink ink, const char *text, size_t n, size_t cells);
/* Words wrapped at the width; the pen stands in column `indent`, and so do further lines. */
void pen_wrapped(struct pen *p, enum ink ink, const char *text, size_t indent);

/* The escape sequence that starts an ink; "" without colour. pen_ink_end ends any. */
const char *pen_ink(const struct pen *p, enum ink ink);
const char *pen_ink_end(const struct pen *p, enum ink ink);

/* "1 span", "2 spans". */
const char *count_of(struct arena *a, size_t n, const char *one, const char *many);

#endif
