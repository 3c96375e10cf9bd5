// A part of it, a few of them.
#include <string>

#include "opentelemetry/nostd/span.h"
#include "opentelemetry/trace/provider.h"

namespace trace = opentelemetry::trace;
namespace nostd = opentelemetry::nostd;

struct Response {
	int status;
	std::string body;
	std::string bodyType;
};

void note(trace::Span &span, const Response &response)
{
	double latest[16] = {0};

	span.SetAttribute("app.response.size", static_cast<int>(response.body.size()));
	span.SetAttribute("app.response.type", response.bodyType);
	span.SetAttribute("app.response.status", response.status);
	span.SetAttribute("app.samples", nostd::span<const double>(latest, 16));
}
