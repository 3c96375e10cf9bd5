// In the list of the start, by a named constant, and by a helper that takes the handle.
#include <string>

#include <otel-tidy/annotations.h>

#include "opentelemetry/trace/provider.h"

namespace trace = opentelemetry::trace;
namespace nostd = opentelemetry::nostd;

constexpr char kTenant[] = "tenant.id";

struct Order {
	std::string id, tenant, user;
};

bool append(const Order &order);

class Orders
{
public:
	explicit Orders(trace::Tracer &tracer) : tracer_(tracer)
	{
	}

	OTEL_CRITICAL_PATH("orders.place", "app.order.id", "tenant.id", "user.id|user.hash")
	bool place(const Order &order)
	{
		auto span = tracer_.StartSpan("place order", {{"app.order.id", order.id}});
		trace::Scope scope(span);
		span->SetAttribute(kTenant, order.tenant);
		describe(span, order);
		return append(order);
	}

private:
	static void describe(const nostd::shared_ptr<trace::Span> &span, const Order &order)
	{
		span->SetAttribute("user.id", order.user);
	}

	trace::Tracer &tracer_;
};

bool place(trace::Tracer &tracer, const Order &order)
{
	return Orders(tracer).place(order);
}
