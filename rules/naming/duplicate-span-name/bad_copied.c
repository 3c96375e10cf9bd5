// The name came along with the first lines of the function.
#include <ctel/ctel.h>
#include <sys/socket.h>
#include <unistd.h>

extern ctel_tracer *tracer;

int order_place(int fd, const char *line, unsigned long size)
{
	CTEL_SPAN(span, tracer, "order place"); // expect-step: duplicate-span-name "order_place starts span"

	if (send(fd, line, size, 0) < 0) {
		ctel_span_error(span, "send", "connection lost");
		return -1;
	}
	return 0;
}

int order_cancel(int fd)
{
	CTEL_SPAN(span, tracer, "order place"); // expect: duplicate-span-name "bears the name of order_place's span"

	if (fsync(fd) < 0) {
		ctel_span_error(span, "fsync", "disk full");
		return -1;
	}
	return 0;
}
