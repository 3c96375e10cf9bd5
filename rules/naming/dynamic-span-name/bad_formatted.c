// One name for each order: as many operations as there are orders.
#include <ctel/ctel.h>
#include <stdio.h>
#include <unistd.h>

extern ctel_tracer *tracer;

struct order {
	int number;
	const char *sku;
};

int order_sync(const struct order *order, int fd)
{
	char name[64];

	snprintf(name, sizeof(name), "sync order %d", order->number); // expect-step: dynamic-span-name "formatted with a number"
	CTEL_SPAN(span, tracer, name); // expect: dynamic-span-name "formatted with a number" // expect-step: dynamic-span-name "becomes the name of the span"
	return fsync(fd);
}

int order_flush(const struct order *order, int fd)
{
	char name[64] = "";

	snprintf(name, sizeof(name), "flush %s", order->sku); // expect-step: dynamic-span-name "formatted with sku"
	ctel_span *span = ctel_span_start(tracer, name, NULL); // expect: dynamic-span-name "formatted with sku"
	int rc = fsync(fd);
	ctel_span_end(span);
	return rc;
}
