// Fields, results of calls and literals in C++.
#include <string>

#include "opentelemetry/trace/provider.h"

namespace trace = opentelemetry::trace;

int send_request(const std::string &host, int port);

struct Endpoint {
	std::string host;
	int port;
};

int call(trace::Tracer &tracer, const Endpoint &to, bool is_error)
{
	auto span = tracer.StartSpan("call", {{"server.address", to.port}, // expect: attribute-type "a string, and set to an int"
					      {"network.transport", "TCP"}}); // expect: attribute-type "is written"
	span->SetAttribute("server.port", std::to_string(to.port)); // expect: attribute-type "an int, and set to a string"
	span->SetAttribute("error.type", is_error); // expect: attribute-type "a string, and set to a boolean"
	return send_request(to.host, to.port);
}
