// A URL, a UUID; a name that is given later on.
#include <string>

#include "opentelemetry/trace/provider.h"

namespace trace = opentelemetry::trace;

int send_request(const std::string &host, int port);

int fetch(trace::Tracer &tracer, const std::string &host)
{
	auto span = tracer.StartSpan("fetch http://example.com/prices"); // expect: span-name-style "has a URL in it"
	return send_request(host, 80);
}

int job(trace::Tracer &tracer, const std::string &host)
{
	auto span = tracer.StartSpan("job");
	span->UpdateName("job 123e4567-e89b-12d3-a456-426614174000"); // expect: span-name-style "has a UUID in it"
	return send_request(host, 80);
}
