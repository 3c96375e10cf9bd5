/* Stand-in: W3C Trace Context. */
#ifndef TESTS_INCLUDE_OPENTELEMETRY_TRACE_PROPAGATION_HTTP_TRACE_CONTEXT_H
#define TESTS_INCLUDE_OPENTELEMETRY_TRACE_PROPAGATION_HTTP_TRACE_CONTEXT_H

#pragma GCC system_header

#include "opentelemetry/context/propagation/text_map_propagator.h"
#include "opentelemetry/version.h"

OPENTELEMETRY_BEGIN_NAMESPACE
namespace trace
{
namespace propagation
{
class HttpTraceContext : public context::propagation::TextMapPropagator
{
public:
	void Inject(context::propagation::TextMapCarrier &carrier,
		const context::Context &context) noexcept override;
	context::Context Extract(const context::propagation::TextMapCarrier &carrier,
		context::Context &context) noexcept override;
	bool Fields(nostd::function_ref<bool(nostd::string_view)> callback)
		const noexcept override;
};
} // namespace propagation
} // namespace trace
OPENTELEMETRY_END_NAMESPACE

#endif
