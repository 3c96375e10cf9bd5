// A class of the house stands for the span, and one way has none.
#include <string>

#include <otel-tidy/annotations.h>

#include "opentelemetry/trace/provider.h"

namespace trace = opentelemetry::trace;
namespace nostd = opentelemetry::nostd;

nostd::shared_ptr<trace::Tracer> tracer();
bool append(const std::string &order);

class ScopedSpan
{
public:
	explicit ScopedSpan(const char *name) : span_(tracer()->StartSpan(name))
	{
	}
	void order(const std::string &id)
	{
		span_->SetAttribute("app.order.id", id);
	}

private:
	nostd::shared_ptr<trace::Span> span_;
};

OTEL_CRITICAL_PATH("orders.place")
bool place(const std::string &order, bool is_known) // expect: missing-span
{
	if (is_known)
		return append(order);
	ScopedSpan span("place order");
	span.order(order);
	return append(order);
}

OTEL_CRITICAL_PATH("orders.move")
bool move(const std::string &order)
{
	ScopedSpan span("move order");
	return append(order);
}
