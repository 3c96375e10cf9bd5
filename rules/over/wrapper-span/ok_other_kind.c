// A span of another kind tells a tool where the process begins and ends.
#include <ctel/ctel.h>
#include <stdio.h>

extern ctel_tracer *tracer;

static int talk(FILE *peer)
{
	CTEL_SPAN(span, tracer, "talk");
	return fputs("hello\n", peer) < 0 ? -1 : 0;
}

int greet(FILE *peer)
{
	ctel_span *span = ctel_span_start(tracer, "greet", &(ctel_start){.kind = CTEL_CLIENT}); // ok: wrapper-span
	int rc = talk(peer);

	ctel_span_end(span);
	return rc;
}
