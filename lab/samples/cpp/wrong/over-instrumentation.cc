// Wrong: a span on everything that has a name.
#include <opentelemetry/trace/provider.h>

#include "../shop.h"

namespace nostd = opentelemetry::nostd;
namespace trace = opentelemetry::trace;

static nostd::shared_ptr<trace::Tracer> tracer()
{
	return trace::Provider::GetTracerProvider()->GetTracer("checkout");
}

double order_total(const shop::Order &order)
{
	auto span = tracer()->StartSpan("order_total");
	trace::Scope scope(span);
	return order.total;
}

bool is_large(const shop::Order &order)
{
	auto span = tracer()->StartSpan("is_large");
	trace::Scope scope(span);
	double limit = order.is_express ? 50.0 : 100.0;
	return order.total > limit && order.items > 1;
}

double total_of(const std::vector<shop::Order> &orders)
{
	double total = 0.0;
	for (const auto &order : orders) {
		auto span = tracer()->StartSpan("add order");
		trace::Scope scope(span);
		total += order.total;
	}
	return total;
}

void reserve_items(const shop::Order &order)
{
	auto span = tracer()->StartSpan("reserve stock", {{"tenant.id", order.tenant}});
	trace::Scope scope(span);
	shop::reserve(order);
}

void reserve_stock(const shop::Order &order)
{
	auto span = tracer()->StartSpan("reserve_stock");
	trace::Scope scope(span);
	reserve_items(order);
}
