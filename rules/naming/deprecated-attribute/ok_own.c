// A project may say that it goes on with a key.
// config: {"rules": {"deprecated-attribute": "warning"}, "attributes": [{"name": "http.method", "type": "string"}]}
#include <ctel/ctel.h>
#include <sys/socket.h>
#include <unistd.h>

extern ctel_tracer *tracer;

int fetch(int fd, const char *method, char *answer, unsigned long size)
{
	CTEL_SPAN(span, tracer, "fetch");

	ctel_set(span, "http.method", method);
	if (recv(fd, answer, size, 0) < 0) {
		ctel_span_error(span, "recv", "no answer");
		return -1;
	}
	return 0;
}
