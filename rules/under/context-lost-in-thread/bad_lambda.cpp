// The lambda captures the number, not the span.
#include <opentelemetry/trace/scope.h>
#include <opentelemetry/trace/tracer.h>
#include <thread>

namespace trace = opentelemetry::trace;

void fan_out(trace::Tracer &tracer, int n);

void fan_out(trace::Tracer &tracer, int n)
{
	auto span = tracer.StartSpan("fan out");
	trace::Scope scope(span);
	std::thread worker([&tracer, n] {
		auto inner = tracer.StartSpan("part"); // expect: context-lost-in-thread
		inner->SetAttribute("app.part", n);
	});
	worker.join();
}
