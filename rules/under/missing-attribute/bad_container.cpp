// A map and a vector that are filled before the start, and not with everything.
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <otel-tidy/annotations.h>

#include "opentelemetry/trace/provider.h"

namespace trace = opentelemetry::trace;

struct Order {
	std::string id;
	std::string tenant;
};

bool append(const Order &order);

OTEL_CRITICAL_PATH("orders.place", "app.order.id", "tenant.id")
bool place(trace::Tracer &tracer, const Order &order)
{
	std::map<std::string, opentelemetry::common::AttributeValue> attributes;
	attributes["app.order.id"] = order.id;
	attributes["tenant_id"] = order.tenant; // expect-step: missing-attribute "sets tenant_id"
	auto span = tracer.StartSpan("place order", attributes); // expect: missing-attribute "can end without tenant.id"
	trace::Scope scope(span);
	return append(order);
}

OTEL_CRITICAL_PATH("orders.move", "app.order.id", "tenant.id")
bool move(trace::Tracer &tracer, const Order &order)
{
	std::vector<std::pair<std::string, opentelemetry::common::AttributeValue>> attributes{
		{"app.order.id", order.id}};
	attributes.emplace_back("app.order.kind", "books");
	auto span = tracer.StartSpan("move order", attributes); // expect: missing-attribute "can end without tenant.id"
	trace::Scope scope(span);
	return append(order);
}
