// A class of the house stands for the span: only the orders of known customers say whose they are.
#include <memory>
#include <string>
#include <utility>

#include <otel-tidy/annotations.h>

#include "opentelemetry/trace/provider.h"

namespace trace = opentelemetry::trace;
namespace nostd = opentelemetry::nostd;

nostd::shared_ptr<trace::Tracer> tracer();

class Span
{
public:
	explicit Span(nostd::shared_ptr<trace::Span> span) : span_(std::move(span))
	{
	}
	Span &set(const std::string &key, const std::string &value)
	{
		if (span_)
			span_->SetAttribute(key, value);
		return *this;
	}
	void customer(const std::string &tenant)
	{
		set("tenant.id", tenant);
	}

private:
	nostd::shared_ptr<trace::Span> span_;
};

Span start(const std::string &name)
{
	return Span(tracer()->StartSpan(name));
}

class ScopedSpan
{
public:
	ScopedSpan(const std::string &name, const std::string &order) : span_(start(name))
	{
		span_.set("app.order.id", order);
	}
	Span &span()
	{
		return span_;
	}

private:
	Span span_;
};

struct Order {
	std::string id;
	std::string tenant;
};

bool append(const Order &order);

OTEL_CRITICAL_PATH("orders.place", "app.order.id", "tenant.id")
bool place(const Order &order)
{
	Span span = start("place order"); // expect: missing-attribute "can end without tenant.id"
	span.set("app.order.id", order.id).set("app.order.kind", "books");
	if (!order.tenant.empty())
		span.customer(order.tenant);
	return append(order);
}

OTEL_CRITICAL_PATH("orders.move", "app.order.id", "tenant.id")
bool move(const Order &order)
{
	ScopedSpan span("move order", order.id); // expect: missing-attribute "can end without tenant.id"
	span.span().set("app.order.kind", "books");
	return append(order);
}

OTEL_CRITICAL_PATH("orders.remove", "app.order.id", "tenant.id")
bool remove(const Order &order)
{
	auto span = std::make_unique<ScopedSpan>("remove order", order.id); // expect: missing-attribute "can end without tenant.id"
	if (!order.tenant.empty())
		span->span().customer(order.tenant);
	return append(order);
}
