// On the way from the old names to the new ones both are set: what OTEL_SEMCONV_STABILITY_OPT_IN=http/dup asks for.
#include <string>

#include "opentelemetry/trace/provider.h"

namespace trace = opentelemetry::trace;

int send_request(const std::string &host, int port);

int fetch(trace::Tracer &tracer, const std::string &host, const std::string &method)
{
	auto span = tracer.StartSpan("fetch");
	span->SetAttribute("http.method", method); // ok: deprecated-attribute
	span->SetAttribute("http.request.method", method);
	return send_request(host, 443);
}
