// A constant name, and the number where it can be searched for.
#include <ctel/ctel.h>
#include <stdio.h>
#include <unistd.h>

extern ctel_tracer *tracer;

struct order {
	int number;
};

int order_sync(const struct order *order, int fd)
{
	char id[16];
	CTEL_SPAN(span, tracer, "sync order");

	snprintf(id, sizeof(id), "A-%d", order->number);
	ctel_set(span, "app.order.id", id);
	return fsync(fd);
}
