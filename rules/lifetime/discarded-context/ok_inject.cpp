// In C++: with a scope, or with SetSpan.
#include "opentelemetry/context/propagation/global_propagator.h"
#include "opentelemetry/context/runtime_context.h"
#include "opentelemetry/trace/context.h"
#include "opentelemetry/trace/provider.h"
#include "opentelemetry/trace/scope.h"

namespace context = opentelemetry::context;
namespace trace = opentelemetry::trace;

int request_send(context::propagation::TextMapCarrier &headers);

int scoped(trace::Tracer &tracer, context::propagation::TextMapCarrier &headers)
{
	trace::StartSpanOptions options;
	options.kind = trace::SpanKind::kClient;
	auto span = tracer.StartSpan("GET price", options);
	trace::Scope scope(span);
	auto current = context::RuntimeContext::GetCurrent();
	context::propagation::GlobalTextMapPropagator::GetGlobalPropagator()->Inject(headers, current);
	return request_send(headers);
}

int put_in(trace::Tracer &tracer, context::propagation::TextMapCarrier &headers)
{
	trace::StartSpanOptions options;
	options.kind = trace::SpanKind::kClient;
	auto span = tracer.StartSpan("GET price", options);
	auto current = context::RuntimeContext::GetCurrent();
	auto with = trace::SetSpan(current, span);
	context::propagation::GlobalTextMapPropagator::GetGlobalPropagator()->Inject(headers, with);
	return request_send(headers);
}
