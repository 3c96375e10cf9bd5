// Renamed to what the route turned out to be: one of a few.
#include <ctel/ctel.h>
#include <string.h>
#include <unistd.h>

extern ctel_tracer *tracer;

int handle(const char *method, int fd)
{
	CTEL_SPAN(span, tracer, "request");

	if (!strcmp(method, "GET"))
		ctel_span_rename(span, "GET /orders/{id}"); // ok: dynamic-span-name
	else
		ctel_span_rename(span, "unknown"); // ok: dynamic-span-name
	return fsync(fd);
}
