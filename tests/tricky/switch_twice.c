// The same switch twice: what the first one starts, the second one ends. All enumerators have their
// case, so nothing falls past them.
#include <ctel/ctel.h>
#include <otel-tidy/annotations.h>
#include <stddef.h>
#include <unistd.h>

extern ctel_tracer *tracer;

enum mode { MODE_QUIET, MODE_TRACED, MODE_VERBOSE };

int sync_in_mode(int fd, enum mode mode)
{
	ctel_span *span;

	switch (mode) {
	case MODE_TRACED:
	case MODE_VERBOSE:
		span = ctel_span_start(tracer, "sync", NULL);
		break;
	case MODE_QUIET:
		break;
	}
	int rc = fsync(fd);
	switch (mode) {
	case MODE_TRACED:
		ctel_span_end(span);
		break;
	case MODE_VERBOSE:
		ctel_set(span, "app.result", rc);
		ctel_span_end(span);
		break;
	case MODE_QUIET:
		break;
	}
	return rc;
}

int close_in_mode(int fd, int mode)
{
	ctel_span *span = NULL;

	switch (mode) {
	case 1:
		span = ctel_span_start(tracer, "close", NULL);
		break;
	default:
		break;
	}
	int rc = close(fd);
	if (mode == 1)
		ctel_span_end(span);
	return rc;
}

OTEL_CRITICAL_PATH("files.act", "app.mode")
int act_in_mode(int fd, enum mode mode)
{
	CTEL_SPAN(span, tracer, "act");

	switch (mode) {
	case MODE_QUIET:
		ctel_set(span, "app.mode", "quiet");
		break;
	case MODE_TRACED:
		ctel_set(span, "app.mode", "traced");
		break;
	case MODE_VERBOSE:
		ctel_set(span, "app.mode", "verbose");
		break;
	}
	return fsync(fd);
}
