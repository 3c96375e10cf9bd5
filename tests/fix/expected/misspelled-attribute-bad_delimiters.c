// Underscores and capitals where dots belong.
#include <ctel/ctel.h>
#include <sys/socket.h>
#include <unistd.h>

extern ctel_tracer *tracer;

int login(int fd, const char *user, const char *session, const char *line, unsigned long size)
{
	CTEL_SPAN(span, tracer, "login");

	ctel_set(span, "user.id", user); // expect: misspelled-attribute "of the semantic conventions, written with other delimiters"
	ctel_set(span, "session.id", session); // expect: misspelled-attribute "of the semantic conventions, written with capitals"
	if (send(fd, line, size, 0) < 0) {
		ctel_span_error(span, "send", "connection lost");
		return -1;
	}
	return 0;
}
