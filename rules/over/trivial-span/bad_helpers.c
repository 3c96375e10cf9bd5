// Each small step of a calculation got a span of its own.
#include <ctel/ctel.h>
#include <string.h>

extern ctel_tracer *tracer;

struct line {
	const char *sku;
	long cents;
	int count;
};

static long discounted(long cents, int percent)
{
	CTEL_SPAN(span, tracer, "discounted"); // expect: trivial-span "times discounted, a function with 3 lines of work that calls nothing"
	if (percent <= 0 || percent > 100)
		return cents;
	return cents - cents * percent / 100;
}

static int is_voucher(const char *sku)
{
	ctel_span *span = ctel_span_start(tracer, "is_voucher", NULL); // expect: trivial-span "that calls only strncmp"
	int is_one = strncmp(sku, "VOUCHER-", 8) == 0;
	ctel_span_end(span);
	return is_one;
}

long line_price(const struct line *line, int percent)
{
	long price = line->cents * line->count;

	return is_voucher(line->sku) ? price : discounted(price, percent);
}
