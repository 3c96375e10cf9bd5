#include <ctel/ctel.h>
#include <otel-tidy/annotations.h>

extern ctel_tracer *tracer;
int charge(long cents);
int checkout(const char *tenant, const char *order, long cents);

OTEL_CRITICAL_PATH("checkout.place_order", "tenant.id", "app.order.id")
int checkout(const char *tenant, const char *order, long cents)
{
	CTEL_SPAN(span, tracer, "place order");
	ctel_set(span, "tenant.id", tenant);
	if (cents > 0)
		ctel_set(span, "app.order.id", order);
	return charge(cents);
}
