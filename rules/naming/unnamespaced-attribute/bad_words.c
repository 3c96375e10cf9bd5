// Words that mean something else in every service.
#include <ctel/ctel.h>
#include <sys/socket.h>
#include <unistd.h>

extern ctel_tracer *tracer;

int work(int fd, const char *tenant, const char *line, unsigned long size)
{
	CTEL_SPAN(span, tracer, "work");

	ctel_set(span, "tenant", tenant); // expect: unnamespaced-attribute "has no namespace"
	ctel_set(span, "attempts", 3); // expect: unnamespaced-attribute "attempts"
	if (send(fd, line, size, 0) < 0) {
		ctel_span_error(span, "send", "connection lost");
		return -1;
	}
	return 0;
}
