// The same for a class: constructor, accessors, operator.
#include <string>
#include <utility>
#include <vector>

#include "opentelemetry/trace/provider.h"

namespace trace = opentelemetry::trace;

static trace::Tracer &tracer()
{
	static auto tracer = trace::Provider::GetTracerProvider()->GetTracer("money", "1.0.0");
	return *tracer;
}

class Money
{
public:
	Money(long cents, int currency) : cents_(cents), currency_(currency)
	{
	}

	long cents() const
	{
		return cents_;
	}

	void set_cents(long cents)
	{
		cents_ = cents;
	}

	bool operator==(const Money &other) const
	{
		return cents_ == other.cents_ && currency_ == other.currency_;
	}

private:
	long cents_;
	int currency_;
};

class Basket
{
public:
	bool empty() const
	{
		return lines_.empty();
	}

private:
	std::vector<Money> lines_;
};

bool same(const Money &a, const Money &b, const Basket &basket)
{
	return a == b && basket.empty();
}
