// The keys come in a map or a vector that is filled before the start, or by code that is not here.
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <otel-tidy/annotations.h>

#include "opentelemetry/trace/provider.h"

namespace trace = opentelemetry::trace;

using Attributes = std::map<std::string, opentelemetry::common::AttributeValue>;

struct Order {
	std::string id;
	std::string tenant;
};

bool append(const Order &order);
void add_tenant(Attributes &attributes, const Order &order);
Attributes attributes_of(const Order &order);

OTEL_CRITICAL_PATH("orders.place", "app.order.id", "tenant.id")
bool place(trace::Tracer &tracer, const Order &order)
{
	Attributes attributes;
	attributes["app.order.id"] = order.id;
	attributes.emplace("tenant.id", order.tenant);
	auto span = tracer.StartSpan("place order", attributes);
	trace::Scope scope(span);
	return append(order);
}

OTEL_CRITICAL_PATH("orders.move", "app.order.id", "tenant.id")
bool move(trace::Tracer &tracer, const Order &order)
{
	std::vector<std::pair<std::string, opentelemetry::common::AttributeValue>> attributes{
		{"app.order.id", order.id}};
	attributes.push_back({"tenant.id", order.tenant});
	auto span = tracer.StartSpan("move order", attributes);
	trace::Scope scope(span);
	return append(order);
}

OTEL_CRITICAL_PATH("orders.drop", "tenant.id")
bool drop(trace::Tracer &tracer, const Order &order)
{
	Attributes attributes;
	attributes["app.order.id"] = order.id;
	add_tenant(attributes, order);
	auto span = tracer.StartSpan("drop order", attributes);
	trace::Scope scope(span);
	return append(order);
}

OTEL_CRITICAL_PATH("orders.renew", "tenant.id")
bool renew(trace::Tracer &tracer, const Order &order)
{
	Attributes attributes = attributes_of(order);
	attributes["app.order.id"] = order.id;
	auto span = tracer.StartSpan("renew order", attributes);
	trace::Scope scope(span);
	return append(order);
}

OTEL_CRITICAL_PATH("orders.sell", "tenant.id")
bool sell(trace::Tracer &tracer, const Order &order, const Attributes &attributes)
{
	auto span = tracer.StartSpan("sell order", attributes);
	trace::Scope scope(span);
	return append(order);
}

OTEL_CRITICAL_PATH("orders.buy", "tenant.id")
bool buy(trace::Tracer &tracer, const Order &order, const std::string &key)
{
	Attributes attributes;
	attributes[key] = order.tenant;
	auto span = tracer.StartSpan("buy order", attributes);
	trace::Scope scope(span);
	return append(order);
}
