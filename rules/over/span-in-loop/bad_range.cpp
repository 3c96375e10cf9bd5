// A range, and iterators.
#include <map>
#include <string>
#include <vector>

#include "opentelemetry/trace/provider.h"

namespace trace = opentelemetry::trace;

static trace::Tracer &tracer()
{
	static auto tracer = trace::Provider::GetTracerProvider()->GetTracer("shop", "1.0.0");
	return *tracer;
}

long total(const std::vector<long> &cents)
{
	long sum = 0;
	for (long one : cents) {
		auto span = tracer().StartSpan("add"); // expect: span-in-loop "started for each item"
		sum += one;
	}
	return sum;
}

size_t characters(const std::map<int, std::string> &names)
{
	size_t sum = 0;
	for (auto it = names.begin(); it != names.end(); ++it) {
		auto span = tracer().StartSpan("measure name"); // expect: span-in-loop "started for each item"
		trace::Scope scope(span);
		sum += it->second.size();
	}
	return sum;
}
