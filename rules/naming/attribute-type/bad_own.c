// The project's own types.
// config: {"rules": {"attribute-type": "warning"}, "attributes": [{"name": "app.order.items", "type": "int"}, {"name": "app.order.state", "type": "string", "enum": ["new", "paid", "shipped"]}]}
#include <ctel/ctel.h>
#include <sys/socket.h>
#include <unistd.h>

extern ctel_tracer *tracer;

int order_send(int fd, const char *items, const char *line, unsigned long size)
{
	CTEL_SPAN(span, tracer, "order send");

	ctel_set(span, "app.order.items", items); // expect: attribute-type "an int, and set to a string"
	ctel_set(span, "app.order.state", "Paid"); // expect: attribute-type "is written"
	if (send(fd, line, size, 0) < 0) {
		ctel_span_error(span, "send", "connection lost");
		return -1;
	}
	return 0;
}
