// What the conventions have today, and keys of the house.
#include <ctel/ctel.h>
#include <sys/socket.h>
#include <unistd.h>

extern ctel_tracer *tracer;

int fetch(int fd, const char *method, const char *url, char *answer, unsigned long size)
{
	CTEL_SPAN(span, tracer, "fetch");

	ctel_set(span, "http.request.method", method);
	ctel_set(span, "url.full", url);
	ctel_set(span, "app.http.method", method);
	ctel_set(span, "http.request.header.accept", "text/html");
	long got = recv(fd, answer, size, 0);
	if (got < 0) {
		ctel_span_error(span, "recv", "no answer");
		return -1;
	}
	ctel_set(span, "http.response.status_code", 200);
	return 0;
}
