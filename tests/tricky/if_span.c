// Started under one condition and ended under the same one, or when there is one to end.
#include <ctel/ctel.h>
#include <stdbool.h>
#include <stdio.h>
#include <unistd.h>

extern ctel_tracer *tracer;
extern bool tracing_is_on;

int sync_file(int fd, bool is_large)
{
	ctel_span *span = NULL;

	if (is_large)
		span = ctel_span_start(tracer, "sync file", NULL);
	int rc = fsync(fd);
	if (rc < 0 && span)
		ctel_span_error(span, "fsync_failed", NULL);
	if (span)
		ctel_span_end(span);
	return rc;
}

int sync_both(int a, int b, bool trace)
{
	ctel_span *span = trace ? ctel_span_start(tracer, "sync both", NULL) : NULL;
	int rc = fsync(a);

	if (rc == 0)
		rc = fsync(b);
	if (trace)
		ctel_span_end(span);
	return rc;
}

int sync_all(const int *fds, int nr)
{
	ctel_span *span = NULL;
	int rc = 0;

	if (tracing_is_on && nr > 1)
		span = ctel_span_start(tracer, "sync all", NULL);
	for (int i = 0; i < nr && rc == 0; i++)
		rc = fsync(fds[i]);
	if (span != NULL) {
		ctel_set(span, "app.files", nr);
		ctel_span_end(span);
	}
	return rc;
}
