// What is known of the part is given with its start; the trace is not.
#include <opentelemetry/trace/scope.h>
#include <opentelemetry/trace/tracer.h>
#include <string>
#include <thread>

namespace trace = opentelemetry::trace;

void fan_out(trace::Tracer &tracer, const std::string &id);

void fan_out(trace::Tracer &tracer, const std::string &id)
{
	auto span = tracer.StartSpan("fan out");
	trace::Scope scope(span);
	std::thread worker([&tracer, id] {
		auto inner = tracer.StartSpan("part", {{"app.part", id.c_str()}}); // expect: context-lost-in-thread
		inner->SetAttribute("app.done", true);
	});
	worker.join();
}
