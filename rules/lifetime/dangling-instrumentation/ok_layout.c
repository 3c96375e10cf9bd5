// Braces, or a layout that says what happens.
#include <ctel/ctel.h>
#include <unistd.h>

extern ctel_tracer *tracer;

int flush(int fd, int is_quiet)
{
	CTEL_SPAN(span, tracer, "flush");

	if (fsync(fd) < 0) {
		ctel_span_error(span, "fsync_failed", NULL);
		return -1;
	}
	if (!is_quiet)
		ctel_event(span, "flushed");
	close(fd);
	for (int i = 0; i < 3; i++)
		ctel_event(span, "round");
	while (fsync(fd) < 0)
		ctel_event(span, "again");
	if (is_quiet)
		close(fd);
	else
		ctel_event(span, "kept open");
	fsync(fd);
	if (is_quiet) ctel_event(span, "quiet");
	return 0;
}
