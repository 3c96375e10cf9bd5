// The name is formatted here, and the span started by the house's wrapper.
#include <string>

#include "opentelemetry/trace/provider.h"

namespace trace = opentelemetry::trace;
namespace nostd = opentelemetry::nostd;

int fetch(const std::string &uri);

static nostd::shared_ptr<trace::Span> client_span(trace::Tracer &tracer, const std::string &name)
{
	trace::StartSpanOptions options;
	options.kind = trace::SpanKind::kClient;
	return tracer.StartSpan(name, options);
}

int fetch_page(trace::Tracer &tracer, const std::string &endpoint_url)
{
	auto span = client_span(tracer, "fetch " + endpoint_url); // expect: dynamic-span-name "endpoint_url is joined into it"
	return fetch(endpoint_url);
}

int fetch_index(trace::Tracer &tracer, const std::string &endpoint_url)
{
	auto span = client_span(tracer, "fetch index"); // ok: dynamic-span-name
	return fetch(endpoint_url);
}
