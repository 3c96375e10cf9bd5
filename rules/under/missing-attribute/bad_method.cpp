// Only the orders of known customers say whose they are.
#include <optional>
#include <string>

#include <otel-tidy/annotations.h>

#include "opentelemetry/trace/provider.h"

namespace trace = opentelemetry::trace;

struct Order {
	std::string id;
	std::string tenant;
	int lines = 0;
};

bool append(const Order &order);

class Orders
{
public:
	explicit Orders(trace::Tracer &tracer) : tracer_(tracer)
	{
	}

	OTEL_CRITICAL_PATH("orders.place", "app.order.id", "tenant.id")
	bool place(const Order &order)
	{
		auto span = tracer_.StartSpan("place order", {{"app.order.id", order.id}}); // expect: missing-attribute "can end without tenant.id"
		trace::Scope scope(span);
		if (order.lines > 0) // expect-step: missing-attribute "order.lines <= 0"
			span->SetAttribute("tenant.id", order.tenant);
		return append(order);
	}

private:
	trace::Tracer &tracer_;
};

bool place(trace::Tracer &tracer, const Order &order)
{
	return Orders(tracer).place(order);
}
