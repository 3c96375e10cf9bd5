// The attribute is set where the span starts, the value is computed below.
#include <ctel/ctel.h>
#include <unistd.h>

extern ctel_tracer *tracer;

long load(int fd, char *buffer, unsigned size)
{
	CTEL_SPAN(span, tracer, "load");
	long n = 0;

	ctel_set(span, "app.bytes", n); // expect: attribute-before-value "before n"
	n = read(fd, buffer, size);
	return n;
}
