// A constant by another name; a parameter; a variable that serves something else afterwards.
#include <ctel/ctel.h>
#include <unistd.h>

extern ctel_tracer *tracer;

int flush(int fd, int priority)
{
	ctel_span *span = ctel_span_start(tracer, "flush", NULL);
	const int tries = 3;
	int n = 1;

	ctel_set(span, "app.tries", tries);
	ctel_set(span, "app.priority", priority);
	ctel_set(span, "app.files", n);
	priority = fsync(fd);
	ctel_span_end(span);
	n = close(fd);
	return priority + n;
}
