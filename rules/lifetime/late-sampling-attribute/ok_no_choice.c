// This API takes no attributes at the start.
#include <ctel/ctel.h>
#include <unistd.h>

extern ctel_tracer *tracer;

int flush(int fd)
{
	CTEL_SPAN(span, tracer, "flush");

	ctel_set(span, "app.fd", fd);
	return fsync(fd);
}
