// What the project's own registry has.
// config: {"rules": {"reserved-namespace": "warning"}, "attributes": [{"name": "db.pool.hits", "type": "int"}]}
#include <string>

#include "opentelemetry/trace/provider.h"

namespace trace = opentelemetry::trace;

int send_request(const std::string &host, int port);

int query(trace::Tracer &tracer, const std::string &host, int port)
{
	auto span = tracer.StartSpan("query");
	span->SetAttribute("db.pool.hits", 17);
	span->SetAttribute("db.namespace", "orders");
	return send_request(host, port);
}
