#include "trace.h"

#include <stdio.h>

int stock_reserve(const char *item, int count);

int stock_reserve(const char *item, int count)
{
	FILE *file = fopen("stock.csv", "a");
	ctel_span *span;

	if (!file)
		return -1;
	span = trace_begin("reserve stock");
	int rc = fprintf(file, "%s,%d\n", item, -count);
	fclose(file);
	trace_finish(span, rc < 0 ? -1 : 0);
	return rc < 0 ? -1 : 0;
}
