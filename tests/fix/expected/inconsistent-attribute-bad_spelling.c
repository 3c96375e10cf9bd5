// One thing, two spellings, in two functions.
#include <ctel/ctel.h>
#include <sys/socket.h>
#include <unistd.h>

extern ctel_tracer *tracer;

int order_send(int fd, const char *id, const char *line, unsigned long size)
{
	CTEL_SPAN(span, tracer, "order send");

	ctel_set(span, "shop.order.id", id); // expect-step: inconsistent-attribute "is set here, and in 1 more place"
	if (send(fd, line, size, 0) < 0) {
		ctel_span_error(span, "send", "connection lost");
		return -1;
	}
	return 0;
}

int order_store(int fd, const char *id, const char *line, unsigned long size)
{
	CTEL_SPAN(span, tracer, "order store");

	ctel_set(span, "shop.order.id", id); // expect: inconsistent-attribute "shop.order_id"
	if (write(fd, line, size) < 0) {
		ctel_span_error(span, "write", "disk full");
		return -1;
	}
	return 0;
}

int order_read(int fd, const char *id, char *line, unsigned long size)
{
	CTEL_SPAN(span, tracer, "order read");

	ctel_set(span, "shop.order.id", id);
	if (read(fd, line, size) < 0) {
		ctel_span_error(span, "read", "no such order");
		return -1;
	}
	return 0;
}
