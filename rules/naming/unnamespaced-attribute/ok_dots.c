// Namespaces.
#include <ctel/ctel.h>
#include <sys/socket.h>
#include <unistd.h>

extern ctel_tracer *tracer;

int work(int fd, const char *tenant, const char *line, unsigned long size)
{
	CTEL_SPAN(span, tracer, "work");

	ctel_set(span, "app.tenant", tenant);
	ctel_set(span, "com.example.attempts", 3);
	if (send(fd, line, size, 0) < 0) {
		ctel_span_error(span, "send", "connection lost");
		return -1;
	}
	return 0;
}
