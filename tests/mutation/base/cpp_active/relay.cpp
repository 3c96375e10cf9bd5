// Takes messages from one peer and gives them to another, with their context.
#include <map>
#include <string>

#include <sys/socket.h>

#include "opentelemetry/context/propagation/global_propagator.h"
#include "opentelemetry/trace/context.h"
#include "opentelemetry/trace/provider.h"

namespace context = opentelemetry::context;
namespace nostd = opentelemetry::nostd;
namespace trace = opentelemetry::trace;

extern nostd::shared_ptr<trace::Tracer> tracer;

class Headers : public context::propagation::TextMapCarrier
{
      public:
	nostd::string_view Get(nostd::string_view key) const noexcept override
	{
		auto found = all.find(std::string(key));
		return found == all.end() ? nostd::string_view("")
					  : nostd::string_view(found->second);
	}

	void Set(nostd::string_view key, nostd::string_view value) noexcept override
	{
		all[std::string(key)] = std::string(value);
	}

	std::map<std::string, std::string> all;
};

struct Message {
	Headers headers;
	const char *body;
	unsigned long size;
	int priority;

	bool is_urgent() const
	{
		return priority > 5;
	}
};

int relay(int peer, Message &message)
{
	auto propagator = context::propagation::GlobalTextMapPropagator::GetGlobalPropagator();
	auto current = context::RuntimeContext::GetCurrent();
	auto remote = propagator->Extract(message.headers, current);
	trace::StartSpanOptions options;
	options.kind = trace::SpanKind::kConsumer;
	options.parent = trace::GetSpan(remote)->GetContext();
	auto span = tracer->StartSpan("relay message", options);
	auto active = trace::Tracer::WithActiveSpan(span);
	Headers out;
	propagator->Inject(out, context::RuntimeContext::GetCurrent());
	for (const auto &header : out.all)
		send(peer, header.second.c_str(), header.second.size(), 0);
	long sent = send(peer, message.body, message.size, 0);
	span->SetAttribute("app.relay.bytes", sent);
	if (sent < 0) {
		span->SetStatus(trace::StatusCode::kError, "send");
		span->End();
		return -1;
	}
	span->End();
	return 0;
}

int drain(int peer)
{
	auto span = tracer->StartSpan("drain peer");
	auto active = trace::Tracer::WithActiveSpan(span);
	char bytes[512];
	long n, total = 0;

	while ((n = recv(peer, bytes, sizeof(bytes), 0)) > 0)
		total += n;
	span->SetAttribute("app.drain.bytes", total);
	if (n < 0)
		span->SetStatus(trace::StatusCode::kError, "recv");
	span->End();
	return n < 0 ? -1 : 0;
}
