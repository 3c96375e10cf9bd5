/* Tables of a page; private to page*.c. */
#ifndef OTEL_TIDY_REPORT_PAGE_TABLE_H
#define OTEL_TIDY_REPORT_PAGE_TABLE_H

#include "report/pen.h"

/* Whether a table begins at `s`: a row of cells, then a row of dashes. */
bool page_is_table(const char *s);
/* Renders it, `indent` blanks from the left; what follows it. */
const char *page_table(struct pen *p, const char *s, size_t indent);

#endif
