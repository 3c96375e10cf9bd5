// An exception leaves, and the destructor ends the span as if nothing had happened.
#include <opentelemetry/trace/scope.h>
#include <opentelemetry/trace/tracer.h>
#include <stdexcept>

namespace trace = opentelemetry::trace;

struct Model {
	bool is_loaded;
	double run(const double *input);
};

double predict(const opentelemetry::nostd::shared_ptr<trace::Tracer> &tracer, Model &model,
	const double *input);

double predict(const opentelemetry::nostd::shared_ptr<trace::Tracer> &tracer, Model &model,
	const double *input)
{
	auto span = tracer->StartSpan("predict");
	trace::Scope scope(span);
	if (!model.is_loaded)
		throw std::runtime_error("no model"); // expect: error-without-status
	return model.run(input);
}
