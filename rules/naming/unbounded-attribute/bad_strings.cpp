// A response body, and all measurements at once.
#include <string>

#include "opentelemetry/nostd/span.h"
#include "opentelemetry/trace/provider.h"

namespace trace = opentelemetry::trace;
namespace nostd = opentelemetry::nostd;

struct Response {
	int status;
	std::string body;
};

void note(trace::Span &span, const Response &response)
{
	double samples[4096] = {0};

	span.SetAttribute("app.response", response.body); // expect: unbounded-attribute "the whole of response.body"
	span.SetAttribute("app.samples", nostd::span<const double>(samples, 4096)); // expect: unbounded-attribute "an array of 4096"
}
