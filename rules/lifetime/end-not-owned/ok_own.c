// Its own span, which is also current; and a foreign one, which it only writes to.
#include <ctel/ctel.h>
#include <unistd.h>

extern ctel_tracer *tracer;

int flush(int fd)
{
	ctel_span *span = ctel_span_enter(tracer, "flush");
	int rc = fsync(fd);

	ctel_set(ctel_span_current(), "app.rc", rc);
	ctel_span_end(span);
	return rc;
}

int flush_by_current(int fd)
{
	ctel_span_enter(tracer, "flush");
	int rc = fsync(fd);

	ctel_span_end(ctel_span_current());
	return rc;
}
