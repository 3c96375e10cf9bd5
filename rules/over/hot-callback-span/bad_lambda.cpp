// Lambdas, operators and hashes.
#include <algorithm>
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "opentelemetry/trace/provider.h"

namespace trace = opentelemetry::trace;

static trace::Tracer &tracer()
{
	static auto tracer = trace::Provider::GetTracerProvider()->GetTracer("shop", "1.0.0");
	return *tracer;
}

struct Key {
	std::string name;
	int number;
};

template <> struct std::hash<Key> {
	std::size_t operator()(const Key &key) const
	{
		auto span = tracer().StartSpan("hash"); // expect: hot-callback-span "a hash function"
		return std::hash<std::string>()(key.name) ^ static_cast<std::size_t>(key.number);
	}
};

void sort(std::vector<Key> &keys)
{
	auto by_number = [](const Key &a, const Key &b) {
		auto span = tracer().StartSpan("compare"); // expect: hot-callback-span "a comparator"
		return a.number < b.number;
	};
	std::sort(keys.begin(), keys.end(), by_number);
	std::stable_sort(keys.begin(), keys.end(), [](const Key &a, const Key &b) {
		auto span = tracer().StartSpan("compare names"); // expect: hot-callback-span "a comparator"
		return a.name < b.name;
	});
}
