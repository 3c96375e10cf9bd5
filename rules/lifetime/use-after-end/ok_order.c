// What comes after the end is about another span, or on another path.
#include <ctel/ctel.h>
#include <unistd.h>

extern ctel_tracer *tracer;

int flush(int fd, int is_quiet)
{
	ctel_span *span = ctel_span_start(tracer, "flush", NULL);
	int rc = fsync(fd);

	if (is_quiet)
		ctel_span_end(span);
	else
		ctel_set(span, "app.fd", fd);
	if (!is_quiet)
		ctel_span_end(span);
	span = ctel_span_start(tracer, "flush again", NULL);
	ctel_set(span, "app.fd", fd);
	ctel_span_end(span);
	return rc;
}

void rounds(int fd)
{
	ctel_span *span = NULL;

	for (int i = 0; i < 3; i++) {
		if (span)
			ctel_event(span, "round");
		ctel_span_end(span);
		span = ctel_span_start(tracer, "round", NULL);
		fsync(fd);
	}
	ctel_span_end(span);
}
