// Spelled as the conventions have it, templates with their names, and deprecated keys, of which another rule speaks.
#include <ctel/ctel.h>
#include <sys/socket.h>
#include <unistd.h>

extern ctel_tracer *tracer;

int login(int fd, const char *user, const char *line, unsigned long size)
{
	CTEL_SPAN(span, tracer, "login");

	ctel_set(span, "user.id", user);
	ctel_set(span, "http.request.header.x-forwarded-for", user);
	ctel_set(span, "server.address", "db");
	if (send(fd, line, size, 0) < 0) {
		ctel_span_error(span, "send", "connection lost");
		return -1;
	}
	return 0;
}
