// The public function forwards to the one that does the work; both have a span.
#include <ctel/ctel.h>
#include <stdio.h>

extern ctel_tracer *tracer;

struct order {
	long id, cents;
};

static int write_order(FILE *file, const struct order *order)
{
	CTEL_SPAN(span, tracer, "write order");
	ctel_set(span, "app.order.id", order->id);
	return fprintf(file, "%ld %ld\n", order->id, order->cents) < 0 ? -1 : 0;
}

int order_save(FILE *file, const struct order *order)
{
	CTEL_SPAN(span, tracer, "save order"); // expect: wrapper-span "only wraps write_order"
	return write_order(file, order);
}

int order_save_explicit(FILE *file, const struct order *order)
{
	ctel_span *span = ctel_span_start(tracer, "save order", NULL); // expect: wrapper-span "only wraps write_order"
	int rc = write_order(file, order);

	ctel_span_end(span);
	return rc;
}
