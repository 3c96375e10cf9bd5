// The handle goes nowhere.
#include <ctel/ctel.h>
#include <unistd.h>

extern ctel_tracer *tracer;

static ctel_span *start_named(const char *what)
{
	ctel_span *span = ctel_span_start(tracer, "step", NULL);

	ctel_set(span, "app.step", what);
	return span;
}

int flush(int fd)
{
	ctel_span_start(tracer, "flush", NULL); // expect: discarded-span "thrown away"
	start_named("sync"); // expect: discarded-span
	return fsync(fd);
}
