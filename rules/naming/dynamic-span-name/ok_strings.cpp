// Constants in every dress C++ has for them.
#include <string>

#include "opentelemetry/trace/provider.h"

namespace trace = opentelemetry::trace;
namespace nostd = opentelemetry::nostd;

int fetch(const std::string &uri);

static const char kFetch[] = "fetch";

nostd::shared_ptr<trace::Span> begin(trace::Tracer &tracer, const std::string &name)
{
	return tracer.StartSpan(name);
}

int fetch_plain(trace::Tracer &tracer, const std::string &uri)
{
	auto span = tracer.StartSpan(kFetch);
	span->SetAttribute("url.full", uri);
	return fetch(uri);
}

int fetch_string(trace::Tracer &tracer, const std::string &uri)
{
	const std::string name = std::string("fetch ") + "page";
	auto span = tracer.StartSpan(name);
	return fetch(uri);
}

int fetch_route(trace::Tracer &tracer, const std::string &method, const std::string &route, const std::string &uri)
{
	auto span = tracer.StartSpan(method + " " + route);
	return fetch(uri);
}
