// By a helper; or it came with the request.
#include <ctel/ctel.h>
#include <otel-tidy/annotations.h>

extern ctel_tracer *tracer;

int request_send(const char *order);

static ctel_ctx with(ctel_ctx ctx, const char *key, const char *value)
{
	return ctel_baggage_set(ctx, key, value);
}

OTEL_CRITICAL_PATH("checkout.place_order", "baggage=tenant.id")
int order_place(const char *tenant, const char *order)
{
	CTEL_CTX(ctx, with(ctel_ctx_current(), "tenant.id", tenant));
	ctel_scope scope = ctel_ctx_attach(ctx);
	ctel_span *span = ctel_span_enter(tracer, "place order");
	int rc = request_send(order);

	ctel_span_end(span);
	ctel_ctx_detach(scope);
	return rc;
}

OTEL_CRITICAL_PATH("checkout.show_order", "baggage=tenant.id")
int order_show(ctel_ctx incoming, const char *order)
{
	CTEL_SPAN(span, tracer, "show order");

	ctel_set(span, "tenant.id", ctel_baggage_get(incoming, "tenant.id"));
	return request_send(order);
}
