// The request's span is started, and somebody else's context sent.
#include <ctel/ctel.h>
#include <stddef.h>

extern ctel_tracer *tracer;

int request_send(void *headers);
void header_add(void *headers, const char *name, const char *value);

int price_get(void *headers)
{
	ctel_span *span = ctel_span_start(tracer, "GET price", &(ctel_start){.kind = CTEL_CLIENT}); // expect-step: discarded-context "is not made current"

	ctel_inject(ctel_ctx_current(), header_add, headers); // expect: discarded-context "not in the context that is injected"
	int rc = request_send(headers);
	ctel_span_end(span);
	return rc;
}
