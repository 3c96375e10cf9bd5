// Namespaces of one's own; "app", which is everybody's; a template's instance.
#include <ctel/ctel.h>
#include <sys/socket.h>
#include <unistd.h>

extern ctel_tracer *tracer;

int work(int fd, const char *line, unsigned long size)
{
	CTEL_SPAN(span, tracer, "work");

	ctel_set(span, "shop.http.retries", 3);
	ctel_set(span, "app.order.items", 2);
	ctel_set(span, "http.request.header.x-shop", "1");
	if (send(fd, line, size, 0) < 0) {
		ctel_span_error(span, "send", "connection lost");
		return -1;
	}
	return 0;
}
