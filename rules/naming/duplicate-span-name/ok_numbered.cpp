// Names that are numbered, or speak of tracing: no word of them is about a function.
#include <string>

#include "opentelemetry/trace/provider.h"

namespace trace = opentelemetry::trace;

int send_request(const std::string &host, int port);
int serve_request(int fd);

int export_span_to_memory(trace::Tracer &tracer, const std::string &host)
{
	auto span = tracer.StartSpan("span 1");
	return send_request(host, 1);
}

int export_nothing(trace::Tracer &tracer, int fd)
{
	auto span = tracer.StartSpan("span 1");
	return serve_request(fd);
}
