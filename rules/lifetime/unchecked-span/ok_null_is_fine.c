// With this API every call on NULL is harmless.
#include <ctel/ctel.h>
#include <unistd.h>

extern ctel_tracer *tracer;

int rotate(int fd)
{
	ctel_span *span = ctel_span_start(tracer, "rotate", NULL);
	int rc = fsync(fd);

	ctel_set(span, "app.rc", rc);
	ctel_span_end(span);
	return rc;
}
