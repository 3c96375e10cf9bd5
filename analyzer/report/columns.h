/* A table in columns, for terminals: as wide as its cells, numbers to the right. */
#ifndef OTEL_TIDY_REPORT_COLUMNS_H
#define OTEL_TIDY_REPORT_COLUMNS_H

#include "base/vec.h"
#include "report/pen.h"

#define COLUMNS_CELL_MAX 60 /* wider cells are cut */

struct columns {
	struct pen *pen;
	const char *kinds; /* a letter for each column: 'l' to the left, 'r' to the right */
	unsigned indent;
	VEC(const char *) cells; /* row by row; the first one is the head */
};

void columns_init(struct columns *c, struct pen *pen, const char *kinds, unsigned indent);
void columns_add(struct columns *c, const char *cell);
void columns_print(const struct columns *c);

#endif
