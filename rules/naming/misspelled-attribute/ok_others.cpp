// Other words than those of the conventions, however near: a plural, a number, a namespace of one's own.
#include <string>

#include "opentelemetry/trace/provider.h"

namespace trace = opentelemetry::trace;

int send_request(const std::string &host, int port);

int connect(trace::Tracer &tracer, const std::string &host, int port)
{
	auto span = tracer.StartSpan("connect");
	span->SetAttribute("server.ports", port);
	span->SetAttribute("server.port2", port);
	span->SetAttribute("shop.user_id", host);
	span->SetAttribute("retry", true);
	return send_request(host, port);
}
