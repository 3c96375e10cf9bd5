// Values of one's own are allowed where a list of members is; a whole number fits where any number does.
#include <string>

#include "opentelemetry/trace/provider.h"

namespace trace = opentelemetry::trace;

int send_request(const std::string &host, int port);

enum class Verb { kGet, kPost };

opentelemetry::common::AttributeValue as_value(int n);

int call(trace::Tracer &tracer, const std::string &host, int port)
{
	auto span = tracer.StartSpan("call", {{"http.request.method", "PURGE"}, {"server.port", as_value(port)}});
	span->SetAttribute("app.jank.threshold", 1);
	span->SetAttribute("db.system.name", "housedb");
	span->SetAttribute("network.transport", "tcp");
	return send_request(host, port);
}
