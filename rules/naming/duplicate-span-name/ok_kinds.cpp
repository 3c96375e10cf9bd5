// Both ends of one request; and a function with its more general brother.
#include <string>

#include "opentelemetry/trace/provider.h"

namespace trace = opentelemetry::trace;

int send_request(const std::string &host, int port);

int serve_request(int fd);

int client_hello(trace::Tracer &tracer, const std::string &host)
{
	trace::StartSpanOptions options;
	options.kind = trace::SpanKind::kClient;
	auto span = tracer.StartSpan("client hello", options);
	return send_request(host, 1);
}

int server_hello(trace::Tracer &tracer, int fd)
{
	trace::StartSpanOptions options;
	options.kind = trace::SpanKind::kServer;
	auto span = tracer.StartSpan("client hello", options);
	return serve_request(fd);
}

int get_user(trace::Tracer &tracer, const std::string &host)
{
	auto span = tracer.StartSpan("get user");
	return send_request(host, 1);
}

int get_user_by_name(trace::Tracer &tracer, int fd)
{
	auto span = tracer.StartSpan("get user");
	return serve_request(fd);
}
