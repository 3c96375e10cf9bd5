// Wrong: the operation that matters has no span of its own when there is nothing to pay.
#include <opentelemetry/trace/provider.h>
#include <otel-tidy/annotations.h>

#include "../shop.h"

namespace trace = opentelemetry::trace;

OTEL_CRITICAL_PATH("checkout.place_order", "tenant.id")
void place_order(trace::Tracer &tracer, const shop::Order &order)
{
	if (order.total == 0.0) {
		shop::reserve(order);
		return;
	}
	auto span = tracer.StartSpan("place order", {{"tenant.id", order.tenant}});
	trace::Scope scope(span);
	shop::reserve(order);
	shop::send_mail(order);
}
