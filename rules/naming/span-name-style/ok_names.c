// Names of operations; digits that are part of a word.
#include <ctel/ctel.h>
#include <sys/socket.h>
#include <unistd.h>

extern ctel_tracer *tracer;

int user_load(int fd, char *line, unsigned long size)
{
	CTEL_SPAN(span, tracer, "GET /users/{id}");

	if (recv(fd, line, size, 0) < 0) {
		ctel_span_error(span, "recv", "connection lost");
		return -1;
	}
	return 0;
}

int http2_read(int fd, char *line, unsigned long size)
{
	CTEL_SPAN(span, tracer, "http2 read v3");

	if (read(fd, line, size) < 0) {
		ctel_span_error(span, "read", "connection lost");
		return -1;
	}
	return 0;
}
