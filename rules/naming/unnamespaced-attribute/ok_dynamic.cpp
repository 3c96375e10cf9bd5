// A key that is made at run time, and what belongs to no span.
#include <string>

#include "opentelemetry/trace/provider.h"

namespace trace = opentelemetry::trace;

int send_request(const std::string &host, int port);

int work(trace::Tracer &tracer, const std::string &host, int port, const std::string &key)
{
	auto span = tracer.StartSpan("work");
	span->SetAttribute(key, "tenant");
	span->AddEvent("tenant");
	return send_request(host, port);
}
