// A composite propagator, and everything is used.
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "opentelemetry/baggage/baggage_context.h"
#include "opentelemetry/baggage/propagation/baggage_propagator.h"
#include "opentelemetry/context/propagation/composite_propagator.h"
#include "opentelemetry/context/propagation/global_propagator.h"
#include "opentelemetry/context/runtime_context.h"
#include "opentelemetry/trace/propagation/http_trace_context.h"

namespace baggage = opentelemetry::baggage;
namespace context = opentelemetry::context;
namespace nostd = opentelemetry::nostd;
namespace propagation = opentelemetry::context::propagation;

int request_send(propagation::TextMapCarrier &carrier);

int order_place(const std::string &tenant, propagation::TextMapCarrier &carrier)
{
	auto current = context::RuntimeContext::GetCurrent();
	auto entries = baggage::GetBaggage(current)->Set("tenant.id", tenant);
	auto with = baggage::SetBaggage(current, entries);
	propagation::GlobalTextMapPropagator::GetGlobalPropagator()->Inject(carrier, with);
	return request_send(carrier);
}

int main()
{
	std::vector<std::unique_ptr<propagation::TextMapPropagator>> all;
	all.push_back(std::unique_ptr<propagation::TextMapPropagator>(new opentelemetry::trace::propagation::HttpTraceContext()));
	all.push_back(std::unique_ptr<propagation::TextMapPropagator>(new baggage::propagation::BaggagePropagator()));
	propagation::GlobalTextMapPropagator::SetGlobalPropagator(
		nostd::shared_ptr<propagation::TextMapPropagator>(new propagation::CompositePropagator(std::move(all))));
	return 0;
}
