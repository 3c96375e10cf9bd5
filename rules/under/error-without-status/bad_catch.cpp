// What is caught becomes `false`, and the span never hears of it.
#include <exception>
#include <opentelemetry/trace/scope.h>
#include <opentelemetry/trace/tracer.h>

namespace trace = opentelemetry::trace;

struct Task {
	void step();
};

bool run_once(const opentelemetry::nostd::shared_ptr<trace::Tracer> &tracer, Task &task);

bool run_once(const opentelemetry::nostd::shared_ptr<trace::Tracer> &tracer, Task &task)
{
	auto span = tracer->StartSpan("task step");
	trace::Scope scope(span);
	try {
		task.step();
	} catch (const std::exception &) {
		return false; // expect: error-without-status
	}
	return true;
}
