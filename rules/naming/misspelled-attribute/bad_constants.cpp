// Constants of the standard library's types, and a table of them.
#include <string>
#include <string_view>

#include "opentelemetry/trace/provider.h"

namespace trace = opentelemetry::trace;

int send_request(const std::string &host, int port);

const std::string kUser = "userId"; // expect-step: misspelled-attribute "written here"
static const std::string kKeys[] = {"server.address", "server_port"}; // expect-step: misspelled-attribute "written here"

int call(trace::Tracer &tracer, const std::string &host, int port)
{
	auto span = tracer.StartSpan("call");
	span->SetAttribute(kUser, host); // expect: misspelled-attribute "user.id"
	span->SetAttribute(kKeys[0], host);
	span->SetAttribute(kKeys[1], port); // expect: misspelled-attribute "server.port"
	return send_request(host, port);
}
