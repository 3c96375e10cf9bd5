// The number of rows is known only after the span has ended.
#include <ctel/ctel.h>
#include <unistd.h>

extern ctel_tracer *tracer;

long load(int fd, char *buffer, unsigned size)
{
	ctel_span *span = ctel_span_start(tracer, "load", NULL);
	long n = read(fd, buffer, size);

	ctel_span_end(span); // expect-step: use-after-end "ended here"
	ctel_set(span, "app.bytes", n); // expect: use-after-end "attribute"
	return n;
}
