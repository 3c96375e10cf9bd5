// A verb and a table are the conventions' name of a query; a template of a route.
#include <string>

#include "opentelemetry/trace/provider.h"

namespace trace = opentelemetry::trace;

int send_request(const std::string &host, int port);

int query(trace::Tracer &tracer, const std::string &host)
{
	auto span = tracer.StartSpan("SELECT orders");
	return send_request(host, 80);
}

int call(trace::Tracer &tracer, const std::string &host, const std::string &name)
{
	auto span = tracer.StartSpan("POST /v2/orders/:id");
	span->UpdateName(name);
	return send_request(host, 80);
}
