// Numbers as text, and text where a number belongs.
#include <ctel/ctel.h>
#include <sys/socket.h>
#include <unistd.h>

extern ctel_tracer *tracer;

struct answer {
	const char *status;
	int size;
};

int fetch(int fd, const char *port, struct answer *a, char *buffer, unsigned long size)
{
	CTEL_SPAN(span, tracer, "fetch");

	ctel_set(span, "server.port", port); // expect: attribute-type "is an int, and set to a string"
	ctel_set(span, "http.request.method", "GET"); // expect: attribute-type "http.request.method"
	if (recv(fd, buffer, size, 0) < 0) {
		ctel_span_error(span, "recv", "no answer");
		return -1;
	}
	ctel_set(span, "http.response.status_code", a->status); // expect: attribute-type "an int, and set to a string"
	ctel_set(span, "user_agent.original", a->size); // expect: attribute-type "a string, and set to an int"
	return 0;
}
