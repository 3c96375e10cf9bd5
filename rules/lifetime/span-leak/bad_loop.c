// `continue` skips the end, and the next round starts the next span.
#include <ctel/ctel.h>
#include <unistd.h>

extern ctel_tracer *tracer;

int flush_all(const int *files, int nr)
{
	int failed = 0;

	for (int i = 0; i < nr; i++) {
		ctel_span *span = ctel_span_start(tracer, "flush file", NULL); // expect: span-leak "started again before it was ended"
		if (fsync(files[i]) < 0) { // expect-step: span-leak "fsync(…) < 0"
			ctel_span_error(span, "fsync_failed", NULL);
			failed++;
			continue;
		}
		ctel_span_end(span);
	}
	return failed;
}
