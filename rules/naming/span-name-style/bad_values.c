// What changes from call to call stands in the name.
#include <ctel/ctel.h>
#include <sys/socket.h>
#include <unistd.h>

extern ctel_tracer *tracer;

int user_load(int fd, char *line, unsigned long size)
{
	CTEL_SPAN(span, tracer, "GET /users/4711"); // expect: span-name-style "has a number in it"

	if (recv(fd, line, size, 0) < 0) {
		ctel_span_error(span, "recv", "connection lost");
		return -1;
	}
	return 0;
}

int orders_read(int fd, char *line, unsigned long size)
{
	CTEL_SPAN(span, tracer, "SELECT id FROM orders"); // expect: span-name-style "is a statement"

	if (read(fd, line, size) < 0) {
		ctel_span_error(span, "read", "no such table");
		return -1;
	}
	return 0;
}
