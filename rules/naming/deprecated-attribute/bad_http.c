// The HTTP keys of before 2023, as many services still write them.
#include <ctel/ctel.h>
#include <sys/socket.h>
#include <unistd.h>

extern ctel_tracer *tracer;

struct request {
	const char *method, *url;
	int fd;
};

int fetch(const struct request *r, char *answer, unsigned long size)
{
	CTEL_SPAN(span, tracer, "fetch");

	ctel_set(span, "http.method", r->method); // expect: deprecated-attribute "http.request.method"
	ctel_set(span, "http.url", r->url); // expect: deprecated-attribute "url.full"
	long got = recv(r->fd, answer, size, 0);
	if (got < 0) {
		ctel_span_error(span, "recv", "no answer");
		return -1;
	}
	ctel_set(span, "http.status_code", 200); // expect: deprecated-attribute "http.response.status_code"
	ctel_set(span, "http.flavor", "1.1"); // expect: deprecated-attribute "Split into"
	return 0;
}
