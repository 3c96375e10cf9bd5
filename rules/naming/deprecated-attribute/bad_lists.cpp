// In an initializer list at the start, and on an event; a key that no version has any more.
#include <string>

#include "opentelemetry/trace/provider.h"

namespace trace = opentelemetry::trace;

int send_request(const std::string &host, int port);

int publish(trace::Tracer &tracer, const std::string &queue, const std::string &host)
{
	auto span = tracer.StartSpan("publish",
		{{"messaging.system", "rabbitmq"},
		 {"messaging.destination", queue}, // expect: deprecated-attribute "in no semantic convention after version 1.16.0"
		 {"net.host.name", host}}); // expect: deprecated-attribute "server.address"
	span->AddEvent("sent", {{"message.id", 7}}); // expect: deprecated-attribute "no replacement"
	return send_request(host, 5672);
}
