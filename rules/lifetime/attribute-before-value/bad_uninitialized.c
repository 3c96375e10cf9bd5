// Nothing has been written to it when it is recorded.
#include <ctel/ctel.h>
#include <unistd.h>

extern ctel_tracer *tracer;

long save(int fd, const char *text, unsigned long size)
{
	long written; // expect-step: attribute-before-value "begins without a value"
	CTEL_SPAN(span, tracer, "save");
	ctel_set(span, "app.save.bytes", written); // expect: attribute-before-value "before written has its value"
	written = write(fd, text, size);
	return written;
}
