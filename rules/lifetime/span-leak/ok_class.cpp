// Classes around a span that end it in their destructor, or whose handle does; or by hand, everywhere.
#include <string>
#include <utility>

#include <ctel/ctel.h>

#include "opentelemetry/trace/provider.h"

namespace trace = opentelemetry::trace;
namespace nostd = opentelemetry::nostd;

nostd::shared_ptr<trace::Tracer> tracer();
bool append(const std::string &order);

class Owner
{
public:
	explicit Owner(const char *name) : span_(ctel_span_start(nullptr, name, nullptr))
	{
	}
	Owner(const Owner &) = delete;
	~Owner()
	{
		end();
	}
	void end()
	{
		if (span_)
			ctel_span_end(std::exchange(span_, nullptr));
	}

private:
	ctel_span *span_;
};

class Shared
{
public:
	explicit Shared(const char *name) : span_(tracer()->StartSpan(name))
	{
	}
	void order(const std::string &id)
	{
		span_->SetAttribute("app.order.id", id);
	}

private:
	nostd::shared_ptr<trace::Span> span_;
};

class Loose
{
public:
	explicit Loose(const char *name) : span_(ctel_span_start(nullptr, name, nullptr))
	{
	}
	void end()
	{
		ctel_span_end(span_);
	}

private:
	ctel_span *span_;
};

bool owned(const std::string &order)
{
	Owner span("owned");
	return append(order);
}

bool ended_early(const std::string &order)
{
	Owner span("ended early");
	if (!append(order))
		return false;
	span.end();
	return append(order);
}

bool shared(const std::string &order)
{
	Shared span("shared");
	if (order.empty())
		return false;
	span.order(order);
	return append(order);
}

bool by_hand(const std::string &order)
{
	Loose span("by hand");
	bool done = append(order);
	span.end();
	return done;
}
