// Ok is final: who overcomes an error may say so.
#include <opentelemetry/trace/scope.h>
#include <opentelemetry/trace/tracer.h>

namespace trace = opentelemetry::trace;

struct Client {
	bool call();
};

bool ask(trace::Tracer &tracer, Client &client);
int ask_twice(trace::Tracer &tracer, Client &client);

int ask_twice(trace::Tracer &tracer, Client &client)
{
	auto span = tracer.StartSpan("ask twice");
	if (client.call())
		return 0;
	span->SetStatus(trace::StatusCode::kError, "first attempt");
	if (client.call()) {
		span->SetStatus(trace::StatusCode::kOk);
		return 0;
	}
	return -1;
}

// Nothing says that `true` is success here.
bool ask(trace::Tracer &tracer, Client &client)
{
	auto span = tracer.StartSpan("ask");
	bool failed = !client.call();
	if (failed)
		span->SetStatus(trace::StatusCode::kError, "no answer");
	return failed;
}
