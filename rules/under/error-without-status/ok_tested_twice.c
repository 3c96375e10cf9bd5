// Neither 0 nor negative: no result of this function, so no path to worry about.
#include <ctel/ctel.h>
#include <stddef.h>
#include <sys/socket.h>

extern ctel_tracer *tracer;

static int perform(int peer, const void *bytes, unsigned long size)
{
	return send(peer, bytes, size, 0) < 0 ? -1 : 0;
}

int ask(int peer, const char *question, long *answer)
{
	ctel_span *span = ctel_span_start(tracer, "ask", NULL);
	int rc = perform(peer, question, 8); // ok: error-without-status

	if (rc == 0)
		recv(peer, answer, sizeof(*answer), 0);
	if (rc < 0)
		ctel_span_error(span, "send", question);
	ctel_span_end(span);
	return rc; // ok: error-without-status
}
