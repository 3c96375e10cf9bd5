// A class of the house stands for the span: without a name, it is gone at the semicolon.
#include <string>

#include "opentelemetry/trace/provider.h"

namespace trace = opentelemetry::trace;
namespace nostd = opentelemetry::nostd;

nostd::shared_ptr<trace::Tracer> tracer();
bool append(const std::string &order);

class Span
{
public:
	explicit Span(const std::string &name) : span_(tracer()->StartSpan(name))
	{
	}
	trace::Scope activate()
	{
		return trace::Scope(span_);
	}

private:
	nostd::shared_ptr<trace::Span> span_;
};

bool place(const std::string &order)
{
	Span("place order"); // expect: discarded-span "ends at once"
	return append(order);
}

bool move(const std::string &order)
{
	Span span("move order");
	span.activate(); // expect: discarded-span "the scope ends at once"
	return append(order);
}

bool remove(const std::string &order)
{
	Span span("remove order");
	trace::Scope scope = span.activate();
	return append(order);
}
