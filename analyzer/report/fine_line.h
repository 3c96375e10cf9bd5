/* The Fine Line: the block that closes a report for people. */
#ifndef OTEL_TIDY_REPORT_FINE_LINE_H
#define OTEL_TIDY_REPORT_FINE_LINE_H

#include "report/pen.h"
#include "report/report.h"

void fine_line_add(struct pen *p, const struct fine_line *line);

#endif
