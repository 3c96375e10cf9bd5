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
		auto span = tracer().StartSpan("Money"); // expect: accessor-span "a constructor of plain fields"
	}

	long cents() const
	{
		auto span = tracer().StartSpan("cents"); // expect: accessor-span "times cents, a getter"
		return cents_;
	}

	void set_cents(long cents)
	{
		auto span = tracer().StartSpan("set_cents"); // expect: accessor-span "times set_cents, a setter"
		trace::Scope scope(span);
		cents_ = cents;
	}

	bool operator==(const Money &other) const
	{
		auto span = tracer().StartSpan("Money =="); // expect: accessor-span "an operator"
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
		auto span = tracer().StartSpan("empty"); // expect: accessor-span "times empty, a predicate"
		return lines_.empty();
	}

private:
	std::vector<Money> lines_;
};

bool same(const Money &a, const Money &b, const Basket &basket)
{
	return a == b && basket.empty();
}
