// The request and the part of it that the other side answers for.
#include <ctel/ctel.h>
#include <stdio.h>

extern ctel_tracer *tracer;

int ask(FILE *peer, char *answer, int size)
{
	CTEL_SPAN(span, tracer, "ask");
	ctel_span *client = ctel_span_start(tracer, "GET", &(ctel_start){.kind = CTEL_CLIENT}); // ok: duplicate-span
	int rc = fgets(answer, size, peer) ? 0 : -1;
	ctel_span_end(client);
	return rc;
}
