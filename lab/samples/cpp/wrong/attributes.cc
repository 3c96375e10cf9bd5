// Wrong: the orders that cost nothing are placed, and nobody can search for them by tenant.
#include <opentelemetry/trace/provider.h>
#include <otel-tidy/annotations.h>

#include "../shop.h"

namespace trace = opentelemetry::trace;

OTEL_CRITICAL_PATH("checkout.place_order", "tenant.id", "app.order.id")
void place_order(trace::Tracer &tracer, const shop::Order &order)
{
	auto span = tracer.StartSpan("place order", {{"app.order.id", order.id}});
	trace::Scope scope(span);
	if (order.total < 0.01) {
		shop::send_mail(order);
		return;
	}
	shop::reserve(order);
	span->SetAttribute("tenant.id", order.tenant);
}
