// Other things under other names, however alike: numbers, plurals, one letter for another.
#include <ctel/ctel.h>
#include <sys/socket.h>
#include <unistd.h>

extern ctel_tracer *tracer;

int order_send(int fd, const char *id, const char *line, unsigned long size)
{
	CTEL_SPAN(span, tracer, "order send");

	ctel_set(span, "shop.item", id);
	ctel_set(span, "shop.items", 3);
	ctel_set(span, "shop.address.line1", line);
	ctel_set(span, "shop.address.line2", line);
	ctel_set(span, "shop.cart.size", 3);
	ctel_set(span, "shop.card.size", 3);
	if (send(fd, line, size, 0) < 0) {
		ctel_span_error(span, "send", "connection lost");
		return -1;
	}
	return 0;
}
