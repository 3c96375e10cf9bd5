// And that it gives one of its own up.
// config: {"rules": {"deprecated-attribute": "warning"}, "attributes": [{"name": "app.order.id", "type": "string"}, {"name": "app.order.number", "deprecated": {"renamed_to": "app.order.id"}}]}
#include <ctel/ctel.h>
#include <sys/socket.h>
#include <unistd.h>

extern ctel_tracer *tracer;

int order_send(int fd, const char *id, const char *line, unsigned long size)
{
	CTEL_SPAN(span, tracer, "order send");

	ctel_set(span, "app.order.number", id); // expect: deprecated-attribute "app.order.id"
	if (send(fd, line, size, 0) < 0) {
		ctel_span_error(span, "send", "connection lost");
		return -1;
	}
	return 0;
}
