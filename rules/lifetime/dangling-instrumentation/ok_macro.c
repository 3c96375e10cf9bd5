// A macro that is an `if` of its own, and a chain of them.
#include <ctel/ctel.h>
#include <unistd.h>

#define TRACE(span, what)                                                                          \
	do {                                                                                       \
		if (span)                                                                          \
			ctel_event(span, what);                                                    \
	} while (0)
#define NOTE(span, what)                                                                           \
	if (span)                                                                                  \
	ctel_event(span, what)

extern ctel_tracer *tracer;

int flush(int fd)
{
	CTEL_SPAN(span, tracer, "flush");
	int rc = fsync(fd);

	TRACE(span, "flushed");
	close(fd);
	NOTE(span, "closed");
	close(2);
	if (rc < 0)
		ctel_event(span, "failed");
	else if (rc > 0)
		ctel_event(span, "odd");
	close(2);
	return rc;
}
