// The span itself goes along, and is made current over there.
#include <opentelemetry/trace/scope.h>
#include <opentelemetry/trace/tracer.h>
#include <thread>

namespace trace = opentelemetry::trace;

void fan_out(trace::Tracer &tracer, int n);

void fan_out(trace::Tracer &tracer, int n)
{
	auto span = tracer.StartSpan("fan out");
	trace::Scope scope(span);
	std::thread worker([&tracer, span, n] {
		trace::Scope there(span);
		auto inner = tracer.StartSpan("part");
		inner->SetAttribute("app.part", n);
	});
	worker.join();
}
