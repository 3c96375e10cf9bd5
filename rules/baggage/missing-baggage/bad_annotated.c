// Required by the annotation, set nowhere below.
#include <ctel/ctel.h>
#include <otel-tidy/annotations.h>

extern ctel_tracer *tracer;

int request_send(const char *order);

static int reserve(const char *order)
{
	CTEL_CTX(ctx, ctel_baggage_set(ctel_ctx_current(), "order.id", order));
	ctel_scope scope = ctel_ctx_attach(ctx);
	int rc = request_send(order);

	ctel_ctx_detach(scope);
	return rc;
}

OTEL_CRITICAL_PATH("checkout.place_order", "baggage=tenant.id|account.id", "baggage=order.id", "baggage=region?")
int order_place(const char *order) // expect: missing-baggage "never puts tenant.id|account.id into baggage"
{
	CTEL_SPAN(span, tracer, "place order");

	return reserve(order);
}
