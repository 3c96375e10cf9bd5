// Read, used, and not on the span.
#include <ctel/ctel.h>
#include <stddef.h>

extern ctel_tracer *tracer;

int handle(const char *tenant);

int serve(ctel_ctx ctx)
{
	const char *tenant = ctel_baggage_get(ctx, "tenant.id"); // expect: baggage-not-recorded "is read, and no span carries it"
	CTEL_SPAN(span, tracer, "serve");

	ctel_set(span, "app.kind", "order");
	return handle(tenant);
}
