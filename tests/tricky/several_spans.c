// Many spans in one variable, one after the other or side by side.
#include <ctel/ctel.h>
#include <stdio.h>
#include <unistd.h>

extern ctel_tracer *tracer;

/* Ended before the handle is used again, also by `continue`. */
int sync_each(const int *fds, int nr)
{
	int failed = 0;

	for (int i = 0; i < nr; i++) {
		if (fds[i] < 0)
			continue;
		ctel_span *span = ctel_span_start(tracer, "sync one", NULL);
		if (fsync(fds[i]) == 0) {
			ctel_span_end(span);
			continue;
		}
		failed++;
		ctel_span_error(span, "fsync_failed", NULL);
		ctel_span_end(span);
	}
	return failed;
}

/* All open at once, ended by a second loop. */
int sync_together(const int *fds)
{
	ctel_span *spans[3];
	int failed = 0;

	for (int i = 0; i < 3; i++)
		spans[i] = ctel_span_start(tracer, "sync together", NULL);
	for (int i = 0; i < 3; i++)
		failed += fsync(fds[i]) < 0;
	for (int i = 0; i < 3; i++)
		ctel_span_end(spans[i]);
	return failed;
}

/* One of two, into the same variable. */
int sync_one(int fd, bool is_remote)
{
	ctel_span *span;

	if (is_remote)
		span = ctel_span_start(tracer, "sync remote", &(ctel_start){.kind = CTEL_CLIENT});
	else
		span = ctel_span_start(tracer, "sync local", NULL);
	int rc = fsync(fd);
	ctel_span_end(span);
	return rc;
}

/* Phases: each start follows an end. */
int sync_in_phases(int a, int b)
{
	ctel_span *span = ctel_span_enter(tracer, "first phase");
	int rc = fsync(a);
	ctel_span_end(span);
	span = ctel_span_enter(tracer, "second phase");
	rc |= fsync(b);
	ctel_span_end(span);
	return rc;
}
