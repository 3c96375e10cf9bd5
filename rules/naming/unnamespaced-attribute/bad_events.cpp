// On events and through constants as well.
#include <string>

#include "opentelemetry/trace/provider.h"

namespace trace = opentelemetry::trace;

int send_request(const std::string &host, int port);

constexpr const char *kRetry = "retryCount"; // expect-step: unnamespaced-attribute "written here"

int work(trace::Tracer &tracer, const std::string &host, int port)
{
	auto span = tracer.StartSpan("work");
	span->SetAttribute(kRetry, 1); // expect: unnamespaced-attribute "retryCount"
	span->AddEvent("cache", {{"hit", true}}); // expect: unnamespaced-attribute "hit"
	return send_request(host, port);
}
