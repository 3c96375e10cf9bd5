// The context that holds the entry stays where it was made.
#include <ctel/ctel.h>
#include <stddef.h>

extern ctel_tracer *tracer;

int request_send(const char *order);

int order_place(const char *tenant, const char *order)
{
	ctel_ctx ctx = ctel_baggage_set(ctel_ctx_current(), "tenant.id", tenant); // expect: baggage-not-propagated "neither made current nor injected"
	ctel_span *span = ctel_span_start(tracer, "place order", NULL);
	int rc = request_send(order);

	ctel_set(span, "tenant.id", ctel_baggage_get(ctx, "tenant.id"));
	ctel_span_end(span);
	ctel_ctx_release(&ctx);
	return rc;
}
