// A letter too few, two exchanged; in a constant, and in a list.
#include <string>

#include "opentelemetry/trace/provider.h"

namespace trace = opentelemetry::trace;

int send_request(const std::string &host, int port);

namespace keys
{
constexpr const char *kServer = "server.address"; // expect-step: misspelled-attribute "written here"
}

int connect(trace::Tracer &tracer, const std::string &host, int port)
{
	auto span = tracer.StartSpan("connect", {{keys::kServer, host}, // expect: misspelled-attribute "server.address"
					 {"network.transport", "tcp"}}); // expect: misspelled-attribute "one letter off"
	span->SetAttribute("http.response.status_code", 200); // expect: misspelled-attribute "http.response.status_code"
	return send_request(host, port);
}
