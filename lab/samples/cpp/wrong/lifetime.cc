// Wrong: the scope dies in the statement that makes it, so what follows happens in no span.
#include <opentelemetry/trace/provider.h>

#include "../shop.h"

namespace trace = opentelemetry::trace;

void charge_payment(trace::Tracer &tracer, const shop::Headers &headers, const shop::Order &order)
{
	auto span = tracer.StartSpan("charge payment", {{"tenant.id", order.tenant}});
	trace::Scope{span};
	shop::charge(headers, order, 1);
}
