// A slip of the pen in one place of three.
#include <string>

#include "opentelemetry/trace/provider.h"

namespace trace = opentelemetry::trace;

int send_request(const std::string &host, int port);

int first(trace::Tracer &tracer, const std::string &host)
{
	auto span = tracer.StartSpan("first");
	span->SetAttribute("shop.warehouse.name", host);
	return send_request(host, 1);
}

int second(trace::Tracer &tracer, const std::string &host)
{
	auto span = tracer.StartSpan("second");
	span->SetAttribute("shop.warehouse.name", host);
	return send_request(host, 2);
}

int third(trace::Tracer &tracer, const std::string &host)
{
	auto span = tracer.StartSpan("third");
	span->SetAttribute("shop.warehouse.name", host); // expect: inconsistent-attribute "one letter apart"
	return send_request(host, 3);
}
