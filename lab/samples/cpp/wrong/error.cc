// Wrong: the span of a payment that failed looks like that of one that worked.
#include <opentelemetry/trace/provider.h>

#include <iostream>

#include "../shop.h"

namespace trace = opentelemetry::trace;

void charge_once(trace::Tracer &tracer, const shop::Headers &headers, const shop::Order &order, int attempt)
{
	auto span = tracer.StartSpan("charge payment", {{"app.payment.attempt", attempt}});
	trace::Scope scope(span);
	try {
		shop::charge(headers, order, attempt);
	} catch (const shop::Failure &failure) {
		std::cerr << "payment of " << order.id << ": " << failure.what() << std::endl;
		throw;
	}
}
