// Attributes given with the start, in braces, in a map, and constants for keys.
#include <map>
#include <string>

#include <otel-tidy/annotations.h>

#include "opentelemetry/trace/provider.h"

namespace trace = opentelemetry::trace;

namespace keys
{
constexpr const char *kTenant = "tenant.id";
static constexpr char kOrder[] = "app.order.id";
} // namespace keys

struct Order {
	std::string tenant, id;
	int lines = 0;
};

bool append(const Order &order);

OTEL_CRITICAL_PATH("orders.place", "tenant.id", "app.order.id")
bool place(trace::Tracer &tracer, const Order &order)
{
	auto span = tracer.StartSpan(
		"place order", {{"tenant.id", order.tenant}, {"app.order.id", order.id}});
	trace::Scope scope(span);
	return append(order);
}

OTEL_CRITICAL_PATH("orders.cancel", "tenant.id", "app.order.id")
bool cancel(trace::Tracer &tracer, const Order &order)
{
	auto span = tracer.StartSpan("cancel order");
	trace::Scope scope(span);
	span->SetAttribute(keys::kTenant, order.tenant);
	span->SetAttribute(keys::kOrder, order.id);
	return append(order);
}

OTEL_CRITICAL_PATH("orders.ship", "tenant.id")
bool ship(trace::Tracer &tracer, const Order &order)
{
	std::map<std::string, std::string> attributes;
	attributes["tenant.id"] = order.tenant;
	auto span = tracer.StartSpan("ship order", attributes);
	trace::Scope scope(span);
	return append(order);
}

static void describe(const opentelemetry::nostd::shared_ptr<trace::Span> &span, const Order &order)
{
	span->SetAttribute("tenant.id", order.tenant);
}

OTEL_CRITICAL_PATH("orders.check", "tenant.id")
bool check(trace::Tracer &tracer, const Order &order)
{
	auto span = tracer.StartSpan("check order");
	describe(span, order);
	if (order.lines == 0)
		return true;
	return append(order);
}

static void describe_current(const Order &order)
{
	auto span = trace::Tracer::GetCurrentSpan();
	span->SetAttribute("tenant.id", order.tenant);
}

OTEL_CRITICAL_PATH("orders.hold", "tenant.id")
bool hold(trace::Tracer &tracer, const Order &order)
{
	trace::Scope scope{tracer.StartSpan("hold order")};
	describe_current(order);
	return append(order);
}
