// Wrong: baggage goes to every service that is called, and to whom they call.
#include <opentelemetry/baggage/baggage_context.h>
#include <opentelemetry/context/propagation/global_propagator.h>
#include <opentelemetry/context/propagation/text_map_propagator.h>
#include <opentelemetry/trace/provider.h>

#include "../shop.h"

namespace baggage = opentelemetry::baggage;
namespace context = opentelemetry::context;
namespace trace = opentelemetry::trace;

struct Customer {
	std::string tenant, session_token;
};

void charge(trace::Tracer &tracer, const Customer &customer, context::propagation::TextMapCarrier &request)
{
	auto span = tracer.StartSpan("charge payment", {{"tenant.id", customer.tenant}});
	trace::Scope scope(span);
	auto here = context::RuntimeContext::GetCurrent();
	auto entries = baggage::GetBaggage(here)
			       ->Set("tenant.id", customer.tenant)
			       ->Set("session.token", customer.session_token);
	auto propagator = context::propagation::GlobalTextMapPropagator::GetGlobalPropagator();
	propagator->Inject(request, baggage::SetBaggage(here, entries));
}
