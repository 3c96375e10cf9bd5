/* Rule pages on a terminal: the small part of Markdown that they use. */
#ifndef OTEL_TIDY_REPORT_PAGE_H
#define OTEL_TIDY_REPORT_PAGE_H

#include "report/pen.h"

/* Headings, paragraphs, lists, quotes, fenced code, tables, `code`, **strong**, *emphasis*, links
 * and <comments>; anything else appears as it is written. Code is never wrapped. */
void page_render(struct pen *p, const char *markdown);

/* The first paragraph as one line without markup; "" when there is none. */
const char *page_first_paragraph(struct arena *a, const char *markdown);

#endif
