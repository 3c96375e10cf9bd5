// A letter too few, two exchanged; in a constant, and in a list.
#include <string>

#include "opentelemetry/trace/provider.h"

namespace trace = opentelemetry::trace;

int send_request(const std::string &host, int port);

namespace keys
{
constexpr const char *kServer = "server.adress"; // expect-step: misspelled-attribute "written here"
}

int connect(trace::Tracer &tracer, const std::string &host, int port)
{
	auto span = tracer.StartSpan("connect", {{keys::kServer, host}, // expect: misspelled-attribute "server.address"
					 {"netwrok.transport", "tcp"}}); // expect: misspelled-attribute "one letter off"
	span->SetAttribute("http.response.statuscode", 200); // expect: misspelled-attribute "http.response.status_code"
	return send_request(host, port);
}
