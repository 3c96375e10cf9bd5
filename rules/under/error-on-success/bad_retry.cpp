// The first attempt fails, the second one does not, and the operation is red for ever.
#include <opentelemetry/trace/scope.h>
#include <opentelemetry/trace/tracer.h>

namespace trace = opentelemetry::trace;

enum class Result { kOk, kError };

struct Client {
	bool call();
};

Result ask(trace::Tracer &tracer, Client &client);

Result ask(trace::Tracer &tracer, Client &client)
{
	auto span = tracer.StartSpan("ask");
	trace::Scope scope(span);
	for (int attempt = 0; attempt < 2; attempt++) {
		if (client.call())
			return Result::kOk;
		span->SetStatus(trace::StatusCode::kError, "attempt"); // expect: error-on-success
	}
	return Result::kError;
}
