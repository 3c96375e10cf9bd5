// A key that only the configuration knows.
#include <ctel/ctel.h>
#include <otel-tidy/annotations.h>

extern ctel_tracer *tracer;

struct settings {
	const char *tenant_key;
};

int request_send(const char *order);

OTEL_CRITICAL_PATH("checkout.place_order", "baggage=tenant.id", "baggage=region?")
int order_place(const struct settings *s, const char *tenant, const char *order)
{
	CTEL_CTX(ctx, ctel_baggage_set(ctel_ctx_current(), s->tenant_key, tenant));
	ctel_scope scope = ctel_ctx_attach(ctx);
	ctel_span *span = ctel_span_enter(tracer, "place order");
	int rc = request_send(order);

	ctel_span_end(span);
	ctel_ctx_detach(scope);
	return rc;
}
