// One status for each outcome; an error may be corrected to Ok.
#include <ctel/ctel.h>
#include <unistd.h>

extern ctel_tracer *tracer;

int flush(int fd)
{
	CTEL_SPAN(span, tracer, "flush");
	int rc = fsync(fd);

	if (rc < 0)
		ctel_span_error(span, "fsync_failed", NULL);
	else
		ctel_span_status(span, CTEL_OK, NULL);
	return rc;
}

int flush_again(int fd)
{
	CTEL_SPAN(span, tracer, "flush again");
	int rc = fsync(fd);

	if (rc < 0)
		ctel_span_status(span, CTEL_ERROR, "first try");
	rc = fsync(fd);
	if (rc == 0)
		ctel_span_status(span, CTEL_OK, "");
	return rc;
}
