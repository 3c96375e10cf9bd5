// Under its own key, under a namespace, by its value.
#include <ctel/ctel.h>
#include <stddef.h>

extern ctel_tracer *tracer;

int handle(void);

int serve(ctel_ctx ctx)
{
	const char *region = ctel_baggage_get(ctx, "region");
	CTEL_SPAN(span, tracer, "serve");

	ctel_set(span, "tenant.id", ctel_baggage_get(ctx, "tenant.id"));
	ctel_set(span, "cloud.region", region);
	return handle();
}

int begin(const char *order)
{
	CTEL_CTX(ctx, ctel_baggage_set(ctel_ctx_current(), "order", order));
	ctel_scope scope = ctel_ctx_attach(ctx);
	ctel_span *span = ctel_span_enter(tracer, "begin");

	ctel_set(span, "app.order.id", order);
	int rc = handle();
	ctel_span_end(span);
	ctel_ctx_detach(scope);
	return rc;
}
