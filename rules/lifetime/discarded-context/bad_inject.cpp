// In C++: StartSpan makes nothing current.
#include "opentelemetry/context/propagation/global_propagator.h"
#include "opentelemetry/context/runtime_context.h"
#include "opentelemetry/trace/provider.h"

namespace context = opentelemetry::context;
namespace trace = opentelemetry::trace;

int request_send(context::propagation::TextMapCarrier &headers);

int price_get(trace::Tracer &tracer, context::propagation::TextMapCarrier &headers)
{
	trace::StartSpanOptions options;
	options.kind = trace::SpanKind::kClient;
	auto span = tracer.StartSpan("GET price", options);
	auto current = context::RuntimeContext::GetCurrent();
	context::propagation::GlobalTextMapPropagator::GetGlobalPropagator()->Inject(headers, current); // expect: discarded-context "not in the context that is injected"
	return request_send(headers);
}
