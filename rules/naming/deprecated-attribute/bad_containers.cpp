// A container that is filled before the start; one of two keys.
#include <map>
#include <string>

#include "opentelemetry/trace/provider.h"

namespace trace = opentelemetry::trace;

int send_request(const std::string &host, int port);

int fetch(trace::Tracer &tracer, const std::string &host, bool is_proxied)
{
	std::map<std::string, opentelemetry::common::AttributeValue> attributes;
	attributes["net.host.name"] = host; // expect: deprecated-attribute "server.address"
	attributes.emplace("http.method", "GET"); // expect: deprecated-attribute "http.request.method"
	attributes["app.shop"] = "books";
	auto span = tracer.StartSpan("fetch", attributes);
	span->SetAttribute(is_proxied ? "http.url" : "app.url", host); // expect: deprecated-attribute "url.full"
	return send_request(host, 443);
}
