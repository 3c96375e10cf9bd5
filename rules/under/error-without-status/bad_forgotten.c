/* A reservation that says why it failed on one way out, and not on the others. */
#include <ctel/ctel.h>
#include <errno.h>

struct stock {
	int left;
};

extern ctel_tracer *tracer;
struct stock *stock_find(const char *sku);
int stock_write(const struct stock *stock);

int reserve(const char *sku, int pieces);

int reserve(const char *sku, int pieces)
{
	CTEL_SPAN(span, tracer, "reserve stock"); // expect-step: error-without-status "starts here"
	ctel_set(span, "app.item.sku", sku);
	if (pieces <= 0)
		return -EINVAL; // expect: error-without-status "does not record the error"
	struct stock *stock = stock_find(sku);
	if (!stock || stock->left < pieces) {
		ctel_span_error(span, "out_of_stock", sku);
		return -ENOENT;
	}
	stock->left -= pieces;
	return stock_write(stock) < 0 ? -EIO : 0;
}
