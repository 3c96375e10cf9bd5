#include <ctel/ctel.h>
#include <errno.h>
#include <stdio.h>

extern ctel_tracer *tracer;
int stock_write(const char *sku, int pieces);
int reserve(const char *sku, int pieces);

int stock_write(const char *sku, int pieces)
{
	FILE *f = fopen("stock", "a");
	if (!f)
		return -EIO;
	fprintf(f, "%s %d\n", sku, pieces);
	return fclose(f) == 0 ? 0 : -EIO;
}

int reserve(const char *sku, int pieces)
{
	ctel_span *span = ctel_span_start(tracer, "reserve", NULL);
	if (pieces <= 0)
		return -EINVAL;
	ctel_set(span, "app.item.sku", sku);
	int rc = stock_write(sku, pieces);
	ctel_span_end(span);
	return rc;
}
