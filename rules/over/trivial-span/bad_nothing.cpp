// Spans of functions that do next to nothing, or nothing at all.
#include <cstdint>
#include <string>

#include "opentelemetry/trace/provider.h"

namespace trace = opentelemetry::trace;

class Cart
{
public:
	explicit Cart(trace::Tracer &tracer) : tracer_(tracer)
	{
	}

	void onIdle()
	{
		auto span = tracer_.StartSpan("onIdle"); // expect: trivial-span "with no work of its own"
		trace::Scope scope(span);
	}

	std::uint64_t fingerprint(std::uint64_t a, std::uint64_t b) const
	{
		auto span = tracer_.StartSpan("fingerprint"); // expect: trivial-span "times fingerprint"
		std::uint64_t mixed = a ^ (b << 7);
		mixed *= 0x9e3779b97f4a7c15u;
		mixed ^= mixed >> 31;
		return mixed;
	}

	std::string title(const std::string &name, int count) const
	{
		auto span = tracer_.StartSpan("title"); // expect: trivial-span "times title"
		span->SetAttribute("app.cart.count", count);
		if (count == 1)
			return name;
		return name + "s";
	}

private:
	trace::Tracer &tracer_;
};

std::uint64_t use(trace::Tracer &tracer)
{
	Cart cart(tracer);
	cart.onIdle();
	return cart.fingerprint(1, 2) + cart.title("pen", 2).size();
}
