// In a list, and through a constant.
#include <string>

#include "opentelemetry/trace/provider.h"

namespace trace = opentelemetry::trace;

int send_request(const std::string &host, int port);

constexpr const char *kPool = "db.pool.hits"; // expect-step: reserved-namespace "written here"

int query(trace::Tracer &tracer, const std::string &host, int port)
{
	auto span = tracer.StartSpan("query", {{"server.rack", "b12"}}); // expect: reserved-namespace "server"
	span->SetAttribute(kPool, 17); // expect: reserved-namespace "db.pool.hits"
	return send_request(host, port);
}
