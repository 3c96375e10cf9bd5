/* Recorded on this span: here, in a helper that gets it, or in one that takes the current one. */
#include <ctel/ctel.h>
#include <errno.h>

extern ctel_tracer *tracer;
int device_open(const char *path);

static int failed(ctel_span *span, int error)
{
	ctel_span_error(span, "device", "cannot be opened");
	return error;
}

static void note_failure(void)
{
	ctel_span_error(ctel_span_current(), "device", "is busy");
}

int first(const char *path);
int second(const char *path);
int third(const char *path);

int first(const char *path)
{
	CTEL_SPAN(span, tracer, "first");
	int rc = device_open(path);
	if (rc < 0) {
		ctel_span_error(span, "device", path);
		return -EIO;
	}
	return 0;
}

int second(const char *path)
{
	CTEL_SPAN(span, tracer, "second");
	if (device_open(path) < 0)
		return failed(span, -EIO);
	return 0;
}

int third(const char *path)
{
	CTEL_SPAN(span, tracer, "third");
	if (device_open(path) < 0) {
		note_failure();
		return -EBUSY;
	}
	return 0;
}
