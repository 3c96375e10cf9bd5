// The token lives as long as the work.
#include <unistd.h>

#include "opentelemetry/baggage/baggage_context.h"
#include "opentelemetry/context/propagation/global_propagator.h"
#include "opentelemetry/context/runtime_context.h"
#include "opentelemetry/trace/context.h"
#include "opentelemetry/trace/provider.h"
#include "opentelemetry/trace/scope.h"

namespace context = opentelemetry::context;
namespace trace = opentelemetry::trace;
namespace nostd = opentelemetry::nostd;

int serve(nostd::shared_ptr<trace::Tracer> tracer, context::propagation::TextMapCarrier &carrier, int fd)
{
	auto propagator = context::propagation::GlobalTextMapPropagator::GetGlobalPropagator();
	auto current = context::RuntimeContext::GetCurrent();
	auto parent = propagator->Extract(carrier, current);
	auto token = context::RuntimeContext::Attach(parent);
	trace::Scope scope(tracer->StartSpan("serve"));

	return fsync(fd);
}

int serve_child(nostd::shared_ptr<trace::Tracer> tracer, context::propagation::TextMapCarrier &carrier, int fd)
{
	auto propagator = context::propagation::GlobalTextMapPropagator::GetGlobalPropagator();
	auto current = context::RuntimeContext::GetCurrent();
	trace::StartSpanOptions options;
	options.parent = trace::GetSpan(propagator->Extract(carrier, current))->GetContext();
	auto span = tracer->StartSpan("serve", options);
	int rc = fsync(fd);

	span->End();
	return rc;
}
