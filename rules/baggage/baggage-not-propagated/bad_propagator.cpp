// Injected by a propagator that knows trace context alone.
#include <string>

#include "opentelemetry/baggage/baggage_context.h"
#include "opentelemetry/context/propagation/global_propagator.h"
#include "opentelemetry/context/runtime_context.h"
#include "opentelemetry/trace/propagation/http_trace_context.h"

namespace baggage = opentelemetry::baggage;
namespace context = opentelemetry::context;
namespace nostd = opentelemetry::nostd;

int request_send(context::propagation::TextMapCarrier &carrier);

int order_place(const std::string &tenant, context::propagation::TextMapCarrier &carrier)
{
	auto current = context::RuntimeContext::GetCurrent();
	auto entries = baggage::GetBaggage(current)->Set("tenant.id", tenant); // expect: baggage-not-propagated "propagators do not include one for it"
	auto with = baggage::SetBaggage(current, entries);
	context::propagation::GlobalTextMapPropagator::GetGlobalPropagator()->Inject(carrier, with);
	return request_send(carrier);
}

int main()
{
	context::propagation::GlobalTextMapPropagator::SetGlobalPropagator(
		nostd::shared_ptr<context::propagation::TextMapPropagator>(new opentelemetry::trace::propagation::HttpTraceContext()));
	return 0;
}
