// Everything that came in, on the span.
#include <ctel/ctel.h>
#include <stdio.h>
#include <sys/socket.h>

struct request {
	char raw[16384];
	const char *payload;
};

void receive(ctel_span *span, int fd)
{
	char line[512];
	ssize_t n = recv(fd, line, sizeof(line) - 1, 0); // expect-step: unbounded-attribute "a request is read here"

	if (n < 0)
		return;
	line[n] = '\0';
	ctel_set(span, "app.line", (const char *)line); // expect: unbounded-attribute "what is read from a request"
}

void handle(ctel_span *span, const struct request *request)
{
	ctel_set(span, "app.request", request->raw); // expect: unbounded-attribute "request->raw, up to 16384 bytes"
	ctel_set(span, "app.message", request->payload); // expect: unbounded-attribute "the whole of request->payload"
}
