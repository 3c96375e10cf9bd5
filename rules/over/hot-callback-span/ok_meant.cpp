// A comparator that asks somebody over the network, and says so; a predicate nobody models.
#include <algorithm>
#include <otel-tidy/annotations.h>
#include <string>
#include <vector>

#include "opentelemetry/trace/provider.h"

namespace trace = opentelemetry::trace;

static trace::Tracer &tracer()
{
	static auto tracer = trace::Provider::GetTracerProvider()->GetTracer("shop", "1.0.0");
	return *tracer;
}

bool ask_ranking(const std::string &a, const std::string &b);

// Each comparison is a request of its own: its time is what the trace is read for.
OTEL_NOT_TRIVIAL
static bool ranks_before(const std::string &a, const std::string &b)
{
	auto span = tracer().StartSpan("ask ranking"); // ok: hot-callback-span
	return ask_ranking(a, b);
}

void rank(std::vector<std::string> &names)
{
	std::sort(names.begin(), names.end(), ranks_before);
}
