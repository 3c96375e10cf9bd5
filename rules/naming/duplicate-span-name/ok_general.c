// A name for a class of operations, which no function has for itself; one function with two starts.
#include <ctel/ctel.h>
#include <sys/socket.h>
#include <unistd.h>

extern ctel_tracer *tracer;

int handle_get(int fd, char *line, unsigned long size)
{
	CTEL_SPAN(span, tracer, "handle request");

	if (recv(fd, line, size, 0) < 0) {
		ctel_span_error(span, "recv", "connection lost");
		return -1;
	}
	return 0;
}

int handle_put(int fd, const char *line, unsigned long size)
{
	CTEL_SPAN(span, tracer, "handle request");

	if (send(fd, line, size, 0) < 0) {
		ctel_span_error(span, "send", "connection lost");
		return -1;
	}
	return 0;
}
