// Keys of one's own that look like those of the conventions.
#include <ctel/ctel.h>
#include <sys/socket.h>
#include <unistd.h>

extern ctel_tracer *tracer;

int fetch(int fd, const char *line, unsigned long size)
{
	CTEL_SPAN(span, tracer, "fetch");

	ctel_set(span, "http.retries.left", 3); // expect: reserved-namespace "inside their namespace"
	ctel_set(span, "otel.house.rule", true); // expect: reserved-namespace "otel"
	if (send(fd, line, size, 0) < 0) {
		ctel_span_error(span, "send", "connection lost");
		return -1;
	}
	return 0;
}
