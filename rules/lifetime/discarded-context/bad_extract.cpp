// Extract() returns the new context, Attach() the token that holds it.
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

int serve(context::propagation::TextMapCarrier &carrier, int fd)
{
	auto propagator = context::propagation::GlobalTextMapPropagator::GetGlobalPropagator();
	auto current = context::RuntimeContext::GetCurrent();

	propagator->Extract(carrier, current); // expect: discarded-context "Extract"
	context::RuntimeContext::Attach(current); // expect: discarded-context "token"
	current.SetValue("app.tenant", true); // expect: discarded-context
	return fsync(fd);
}
