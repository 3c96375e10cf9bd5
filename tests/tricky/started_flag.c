// A flag remembers that there is a span to end.
#include <ctel/ctel.h>
#include <stddef.h>
#include <stdbool.h>
#include <sys/socket.h>

extern ctel_tracer *tracer;
extern bool is_interesting(int peer);

int greet(int peer, const char *text, unsigned long size)
{
	bool started = false;
	ctel_span *span;

	if (is_interesting(peer)) {
		span = ctel_span_start(tracer, "greet", &(ctel_start){.kind = CTEL_CLIENT});
		started = true;
	}
	long sent = send(peer, text, size, 0);
	if (sent < 0) {
		if (started) {
			ctel_span_error(span, "send_failed", NULL);
			ctel_span_end(span);
		}
		return -1;
	}
	if (started)
		ctel_span_end(span);
	return 0;
}

int greet_all(const int *peers, int nr, const char *text, unsigned long size)
{
	int depth = 0, failed = 0;
	ctel_span *span = NULL;

	if (nr > 0) {
		span = ctel_span_enter(tracer, "greet all");
		depth = 1;
	}
	for (int i = 0; i < nr; i++)
		failed += greet(peers[i], text, size) < 0;
	if (depth == 1)
		ctel_span_end(span);
	return failed;
}
