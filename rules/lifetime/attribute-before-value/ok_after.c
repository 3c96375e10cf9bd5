// Set after the value is there, or set again.
#include <ctel/ctel.h>
#include <unistd.h>

extern ctel_tracer *tracer;

long load(int fd, char *buffer, unsigned size)
{
	CTEL_SPAN(span, tracer, "load");
	long n = 0;

	n = read(fd, buffer, size);
	ctel_set(span, "app.bytes", n);
	return n;
}

long load_more(int fd, char *buffer, unsigned size)
{
	CTEL_SPAN(span, tracer, "load more");
	long n = 0;

	ctel_set(span, "app.bytes", n);
	n = read(fd, buffer, size);
	ctel_set(span, "app.bytes", n);
	return n;
}
