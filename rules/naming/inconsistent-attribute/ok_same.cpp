// The same key again and again.
#include <string>

#include "opentelemetry/trace/provider.h"

namespace trace = opentelemetry::trace;

int send_request(const std::string &host, int port);

constexpr const char *kShelf = "shop.shelf.name";

int first(trace::Tracer &tracer, const std::string &host)
{
	auto span = tracer.StartSpan("first", {{kShelf, host}});
	return send_request(host, 1);
}

int second(trace::Tracer &tracer, const std::string &host)
{
	auto span = tracer.StartSpan("second");
	span->SetAttribute("shop.shelf.name", host);
	return send_request(host, 2);
}
