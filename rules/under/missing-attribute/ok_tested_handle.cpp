// A handle that is tested before it is used: without a span there is nothing to describe.
#include <string>

#include <otel-tidy/annotations.h>

#include "opentelemetry/trace/provider.h"

namespace trace = opentelemetry::trace;
namespace nostd = opentelemetry::nostd;

nostd::shared_ptr<trace::Tracer> tracer();
bool append(const std::string &order);

OTEL_CRITICAL_PATH("orders.place", "app.order.id")
bool place(const std::string &order)
{
	auto span = tracer()->StartSpan("place order");
	if (span)
		span->SetAttribute("app.order.id", order);
	return append(order);
}

static nostd::shared_ptr<trace::Span> start(const char *name, bool is_on)
{
	if (!is_on)
		return nostd::shared_ptr<trace::Span>();
	return tracer()->StartSpan(name);
}

OTEL_CRITICAL_PATH("orders.move", "app.order.id")
bool move(const std::string &order, bool is_on)
{
	auto span = start("move order", is_on);
	if (span != nullptr)
		span->SetAttribute("app.order.id", order);
	return append(order);
}

static void describe(const nostd::shared_ptr<trace::Span> &span, const std::string &order)
{
	if (!span)
		return;
	span->SetAttribute("app.order.id", order);
}

OTEL_CRITICAL_PATH("orders.remove", "app.order.id")
bool remove(const std::string &order, bool is_on)
{
	auto span = start("remove order", is_on);
	describe(span, order);
	return append(order);
}
